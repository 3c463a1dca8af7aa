import type { DeviceGroup } from '../domain/device-group';
import type { Page, SessionView } from '../domain/session-view';
import { refuseUnknown } from '../options/read-options';
import type { Context } from './context';
import type { DevicesOptions, ListOptions, RevokeDeviceOptions } from './inputs';
import { listSessions } from './list';
import type { RevokeDeviceOutcome } from './outcomes';
import { notFound } from './refusal';
import { revokeSession } from './revoke';
import type { SessionRecord } from '../domain/session-record';

const atOnce = 100;
/** A user may have 10,000 sessions: a page of devices is made of so many pages of those at most. */
const mostPages = 5;
const endedAtOnce = 20;
const markPattern = /^[\w-]{11}$/;

type IsHidden = (record: SessionRecord) => boolean;

/** A user's active sessions by device, the most recently seen first. What `isHidden` leaves out is not to be noticed. */
export async function listDevices(
  context: Context,
  userId: string,
  options: DevicesOptions,
  isHidden?: IsHidden,
): Promise<Page<DeviceGroup>> {
  const { cursor } = refuseUnknown(options, ['cursor'], 'devices') as DevicesOptions;
  const views: SessionView[] = [];
  let next = cursor;
  for (let page = 0; page < mostPages; page++) {
    const { data, nextCursor } = await readPage(context, userId, next, isHidden);
    views.push(...data);
    if (nextCursor === null) return { data: groupByDevice(views), nextCursor };
    next = nextCursor;
  }
  return { data: groupByDevice(views), nextCursor: next ?? null };
}

/**
 * Ends all of a user's sessions on one device, one after the other: whoever repeats a call that failed half-way ends the rest. All
 * of the user's sessions are walked for it, so none is missed that was there before the call.
 */
export async function revokeDevice(
  context: Context,
  userId: string,
  deviceId: string,
  options: RevokeDeviceOptions,
  isHidden?: IsHidden,
): Promise<RevokeDeviceOutcome> {
  const { except, ...ending } = refuseUnknown(
    options,
    ['except', 'reason', 'actor'],
    'revokeDevice',
  ) as RevokeDeviceOptions;
  if (!markPattern.test(deviceId)) return notFound;
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const { data, nextCursor } = await readPage(context, userId, cursor, isHidden);
    ids.push(...data.filter(({ id, device }) => device.id === deviceId && id !== except).map(({ id }) => id));
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);

  let [count, durable] = [0, true];
  for (let start = 0; start < ids.length; start += endedAtOnce) {
    const some = ids.slice(start, start + endedAtOnce);
    const outcomes = await Promise.all(some.map((id) => revokeSession(context, id, { ...ending, owner: userId })));
    for (const outcome of outcomes) {
      if (outcome.status !== 'ended') continue;
      count++;
      durable &&= outcome.durable;
    }
  }
  return count === 0 ? notFound : { status: 'ended', count, durable };
}

function readPage(
  context: Context,
  userId: string,
  cursor: string | null | undefined,
  isHidden: IsHidden | undefined,
): Promise<Page<SessionView>> {
  const options: ListOptions = { limit: atOnce, cursor };
  return listSessions(context, userId, options, isHidden);
}

function groupByDevice(views: readonly SessionView[]): DeviceGroup[] {
  const groups = new Map<string, SessionView[]>();
  for (const view of [...views].sort(latestFirst)) {
    const key = view.device.id ?? view.id;
    const group = groups.get(key);
    if (group) group.push(view);
    else groups.set(key, [view]);
  }
  return [...groups.values()].map(groupOf);
}

function groupOf(sessions: readonly SessionView[]): DeviceGroup {
  const latest = sessions[0]!;
  const name = sessions.find(({ device }) => device.name !== null)?.device.name ?? null;
  return { device: { ...latest.device, name }, current: false, lastSeenAt: latest.lastSeenAt, sessions };
}

function latestFirst(a: SessionView, b: SessionView): number {
  return b.lastSeenAt.localeCompare(a.lastSeenAt) || b.createdAt.localeCompare(a.createdAt);
}
