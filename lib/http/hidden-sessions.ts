import type { DeviceGroup } from '../domain/device-group';
import { SessionError } from '../domain/error';
import type { Page, SessionView } from '../domain/session-view';
import type { SessionManager } from '../session-manager';
import type { DevicesOptions, ListOptions, RevokeDeviceOptions } from '../use-cases/inputs';
import type { RevokeDeviceOutcome } from '../use-cases/outcomes';

type Asker = Pick<SessionView<object>, 'id' | 'userId'>;

/** A page of what people see of their sessions. 1 round trip; 1 more where any are hidden. */
export async function listShown(
  sessions: SessionManager<object>,
  { id, userId }: Asker,
  options: ListOptions,
): Promise<Page<SessionView<object>>> {
  const isAllShown = sessions.settings.impersonation.visible;
  return isAllShown ? sessions.list(userId, options) : sessions.impersonation.listWithout(userId, options, id);
}

/** The same by device. As many round trips as `devices` takes; 1 more where any are hidden. */
export async function devicesShown(
  sessions: SessionManager<object>,
  { id, userId }: Asker,
  options: DevicesOptions,
): Promise<Page<DeviceGroup<object>>> {
  const isAllShown = sessions.settings.impersonation.visible;
  return isAllShown
    ? sessions.devices(userId, options)
    : sessions.impersonation.devicesWithout(userId, options, id);
}

/** Ends what people see of a device, but for the asker's own session. */
export async function revokeShownDevice(
  sessions: SessionManager<object>,
  { id, userId }: Asker,
  deviceId: string,
  options: RevokeDeviceOptions,
): Promise<RevokeDeviceOutcome> {
  const spared = { ...options, except: id };
  return sessions.settings.impersonation.visible
    ? sessions.revokeDevice(userId, deviceId, spared)
    : sessions.impersonation.revokeDeviceWithout(userId, deviceId, spared, id);
}

/** Whether people see this one among their sessions: where the app hides what administrators do in their place, only those see theirs. */
export function isShown(
  { settings }: SessionManager<object>,
  asker: Asker,
  { id, actor }: SessionView<object>,
): boolean {
  return actor === undefined || settings.impersonation.visible || id === asker.id;
}

/** A hidden session answers as an unknown one, whatever is asked of it. 1 round trip where any are hidden. @throws SessionError `not_found` */
export async function refuseHidden(sessions: SessionManager<object>, asker: Asker, id: string): Promise<void> {
  if (sessions.settings.impersonation.visible || id === asker.id) return;
  const view = await sessions.get(id, { owner: asker.userId });
  if (view && !isShown(sessions, asker, view)) throw new SessionError('not_found');
}
