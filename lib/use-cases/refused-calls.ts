import { userKey, userTag } from '../domain/session-id';
import type { CounterId } from '../domain/slotted-id';
import type { CounterRule } from '../store/counters';
import type { Context } from './context';

/** Whose refused calls are counted: everybody's at an address block, or those of one API secret or administrator. */
export type RefusedCaller =
  | { readonly kind: 'address'; readonly block: string | undefined }
  | { readonly kind: 'actor'; readonly id: string };

/** What becomes of a refused call. */
export type RefusedCallVerdict =
  /** It is told as what it is. */
  | { readonly status: 'counted' }
  /** There were too many; `first`: it is the one with which that begins. */
  | { readonly status: 'held'; readonly first: boolean; readonly retryAfterSeconds: number };

const most = 20;
const minute = 60_000;
const holds: readonly number[] = [...Array.from({ length: most }, () => 0), minute];
const nobody = userKey('');

/**
 * Counts a refused call of the administrators' API. The first twenty within a minute are answered and logged one by one; then
 * guessing, and filling the log, has to wait for a minute. 1 round trip.
 */
export async function countRefusedCall(
  { store, time }: Context,
  caller: RefusedCaller,
): Promise<RefusedCallVerdict> {
  const write = await time.stamp();
  const leader: CounterRule = { id: counterOf(caller), holds, window: minute, locksFrom: null };
  const budgets = [{ known: null, leader, followers: [], audit: null }];
  const { status, counters } = await store.count({ ...write, user: nobody, budgets, probe: false });
  const { heldUntil } = counters[0]!;
  if (heldUntil <= write.at) return { status: 'counted' };
  const retryAfterSeconds = Math.max(1, Math.ceil((heldUntil - write.at) / 1_000));
  return { status: 'held', first: status === 'counted', retryAfterSeconds };
}

/** Hashed behind a label of its own: it is the counter of no account, whatever anybody is called (A59). */
function counterOf(caller: RefusedCaller): CounterId {
  const of = caller.kind === 'address' ? (caller.block ?? '') : caller.id;
  const name = userKey(`sessionkeeper.refused-call:${caller.kind}:${of}`);
  return `${userTag(name)}${name}` as CounterId;
}
