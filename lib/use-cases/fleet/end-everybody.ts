import type { FleetEnding } from '../../store/fleet';
import type { SessionStore } from '../../store/session-store';
import type { AuditRules } from '../audit';
import type { Timekeeper } from '../timekeeper';
import { endPending, inBatches } from './end-users';
import type { FleetFloor } from './fleet-floor';
import type { KeptEnding } from './kept-ending';
import { Pace } from './pace';

const saveMilliseconds = 1_000;
// The store works for it half of the time at most.
const share = 0.5;

interface Parts {
  readonly settings: AuditRules;
  readonly store: SessionStore;
  readonly time: Timekeeper;
  readonly floor: FleetFloor;
  readonly kept: KeptEnding;
}

/**
 * Walks through all users and ends their sessions, from where the ending has come to. All that is not counted yet is written down before
 * it is done, so that nothing is counted twice or not at all. Gives the ending once it has finished; undefined where somebody else has
 * taken over.
 *
 * @throws AbortError when the manager is closed meanwhile
 */
export async function endEverybody(
  parts: Parts,
  taken: FleetEnding,
  closing: AbortSignal,
): Promise<FleetEnding | undefined> {
  const { store, time, floor, kept } = parts;
  const pace = new Pace({ share, closing, isAwaited: false });
  let state: FleetEnding | undefined = taken;
  if (taken.pending.users.length > 0) state = await endThese(parts, taken, pace);
  while (state) {
    const { cursor }: FleetEnding = state;
    const at = await time.at();
    const { users, next, restarted } = await pace.after(() => store.survey({ at, cursor }));
    if (restarted) {
      floor.doubt();
      state = await floor.raise(state);
    }
    for (const batch of inBatches(users)) {
      const pending = { batch: state.pending.batch + 1, users: batch, again: false };
      state = await kept.save({ ...state, pending });
      state = state && (await endThese(parts, state, pace));
      if (!state) return undefined;
    }
    if (next === null) return kept.finish(state);
    state = { ...state, cursor: next };
    if (kept.age() >= saveMilliseconds) state = await kept.save(state);
  }
  return undefined;
}

/** Until nobody who is pending has any left. Undefined where somebody else has taken over. */
async function endThese(parts: Parts, pending: FleetEnding, pace: Pace): Promise<FleetEnding | undefined> {
  let state: FleetEnding | undefined = pending;
  while (state && state.pending.users.length > 0) {
    const before: FleetEnding = state;
    const after = await pace.after(() => endPending(parts, before));
    state = after.pending.users.length > 0 ? await parts.kept.save(after) : after;
  }
  return state;
}
