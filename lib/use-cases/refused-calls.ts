import { userKey, userTag } from '../domain/session-id';
import type { CounterId } from '../domain/slotted-id';
import type { CounterRule, CountOutcome } from '../store/counters';
import type { Context } from './context';

/**
 * Whose refused calls are counted: everybody's at an address block, there apart the credentials that the app did not take, or those of one
 * API secret or administrator.
 */
export type RefusedCaller =
  | { readonly kind: 'address' | 'guess'; readonly block: string | undefined }
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
export async function countRefusedCall(context: Context, caller: RefusedCaller): Promise<RefusedCallVerdict> {
  const { status, retryAfterSeconds } = await ask(context, caller, false);
  if (retryAfterSeconds === 0) return { status: 'counted' };
  return { status: 'held', first: status === 'counted', retryAfterSeconds };
}

/** For how many seconds calls of this caller have to wait; 0: they need not. Counts nothing. 1 round trip. */
export async function findRefusedHold(context: Context, caller: RefusedCaller): Promise<number> {
  const { retryAfterSeconds } = await ask(context, caller, true);
  return retryAfterSeconds;
}

async function ask(
  { store, time }: Context,
  caller: RefusedCaller,
  probe: boolean,
): Promise<Pick<CountOutcome, 'status'> & { readonly retryAfterSeconds: number }> {
  const write = await time.stamp();
  const leader: CounterRule = { id: counterOf(caller), holds, window: minute, locksFrom: null };
  const budgets = [{ known: null, leader, followers: [], audit: null }];
  const { status, counters } = await store.count({ ...write, user: nobody, budgets, probe });
  const left = counters[0]!.heldUntil - write.at;
  return { status, retryAfterSeconds: left <= 0 ? 0 : Math.max(1, Math.ceil(left / 1_000)) };
}

/** Hashed behind a label of its own: it is the counter of no account, whatever anybody is called (A59). */
function counterOf(caller: RefusedCaller): CounterId {
  const of = caller.kind === 'actor' ? caller.id : (caller.block ?? '');
  const name = userKey(`sessionkeeper.refused-call:${caller.kind}:${of}`);
  return `${userTag(name)}${name}` as CounterId;
}
