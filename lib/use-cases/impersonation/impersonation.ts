import type { DeviceGroup } from '../../domain/device-group';
import type { SessionRecord } from '../../domain/session-record';
import type { Page, SessionView } from '../../domain/session-view';
import type { Context } from '../context';
import { listDevices, revokeDevice } from '../devices';
import type { ActorOption, DevicesOptions, ListOptions, RevokeDeviceOptions } from '../inputs';
import { listSessions } from '../list';
import type { RevokeDeviceOutcome, RevokeOutcome } from '../outcomes';
import type { StartImpersonationOutcome } from './outcomes';
import type { StartImpersonationInput } from './request';
import { startImpersonation } from './start';
import { stopImpersonation } from './stop';

/**
 * Administrators who act as a user: each time in a short session of its own, which says who it is, and which counts for no limit,
 * makes room for none and moves nothing of the user's other sessions.
 *
 * @typeParam Data - the app's own JSON on each session
 */
export class Impersonation<Data extends object = Record<string, unknown>> {
  readonly #context: Context;

  /** @internal */
  constructor(context: Context) {
    this.#context = context;
  }

  /**
   * Begins an impersonation: asks `impersonation.mayImpersonate`, stores the session with an `impersonation_started` entry in the user's
   * history, and gives an access token that nothing renews. 1 round trip, 2 with the administrator's own session. Each check of such a session
   * costs 1 more than of any other (2 more with a near cache, which never keeps it): the administrator's session is read too.
   *
   * @throws SessionError `request_invalid`, naming the field; `hook_failed` where `mayImpersonate` does not answer
   */
  start(input: StartImpersonationInput<Data>): Promise<StartImpersonationOutcome<Data>> {
    return startImpersonation(this.#context, input) as Promise<StartImpersonationOutcome<Data>>;
  }

  /**
   * Ends an impersonation by its session id, with the reason `impersonation_stopped`; ending it again changes nothing. `not-found` for a
   * session that is none, which stays. 2 round trips.
   */
  stop(id: string, options: ActorOption = {}): Promise<RevokeOutcome<Data>> {
    return stopImpersonation(this.#context, id, options) as Promise<RevokeOutcome<Data>>;
  }

  /** @internal A page of a user's sessions without impersonations, but for the one with this id, of which nothing tells. */
  listWithout(userId: string, options: ListOptions, ownId: string): Promise<Page<SessionView>> {
    return listSessions(this.#context, userId, options, hiddenFrom(ownId));
  }

  /** @internal The same by device. */
  devicesWithout(userId: string, options: DevicesOptions, ownId: string): Promise<Page<DeviceGroup>> {
    return listDevices(this.#context, userId, options, hiddenFrom(ownId));
  }

  /** @internal Ends a device's sessions that are in that list. */
  revokeDeviceWithout(
    userId: string,
    deviceId: string,
    options: RevokeDeviceOptions,
    ownId: string,
  ): Promise<RevokeDeviceOutcome> {
    return revokeDevice(this.#context, userId, deviceId, options, hiddenFrom(ownId));
  }
}

function hiddenFrom(ownId: string): (record: SessionRecord) => boolean {
  return ({ id, profile }) => profile.impersonator !== null && id !== ownId;
}
