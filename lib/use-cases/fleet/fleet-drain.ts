import type { Emitter } from '../../events/emitter';
import type { FleetEnding } from '../../store/fleet';
import type { SessionStore } from '../../store/session-store';
import { mintAttempt } from '../../tokens/mint';
import type { Timekeeper } from '../timekeeper';
import { endPending, inBatches } from './end-users';
import { NudgedPause } from './nudged-pause';
import { Pace } from './pace';
import { presentEnding } from './present-ending';

const leaseMilliseconds = 15_000;
const saveMilliseconds = 1_000;
// Thousands of small writes, which a slow link may take its time for.
const floorMilliseconds = 30_000;
const firstPause = 100;
const longestPause = 30_000;
// The store works for it half of the time at most.
const share = 0.5;

interface Parts {
  readonly store: SessionStore;
  readonly time: Timekeeper;
  readonly events: Emitter;
}

/**
 * Ends everybody's sessions behind the callers' backs, where that was begun: one process at a time, by a lease; when that one is gone,
 * another that was asked to goes on. All that is not counted yet is written down before it is done, so that nothing is counted twice or
 * not at all.
 */
export class FleetDrain {
  readonly #parts: Parts;
  readonly #closing: AbortSignal;
  readonly #holder = mintAttempt().toString('base64url');
  #working: Promise<void> | undefined;
  readonly #pause: NudgedPause;
  #isAsked = false;
  #savedAt = -Infinity;
  /** The ending whose floor this process has raised. */
  #raised = '';
  #saved: FleetEnding | undefined;

  constructor(parts: Parts, closing: AbortSignal) {
    this.#parts = parts;
    this.#closing = closing;
    this.#pause = new NudgedPause(closing);
  }

  /** What keeps others off for a while. */
  leaseFrom(at: number): NonNullable<FleetEnding['lease']> {
    return { holder: this.#holder, until: at + leaseMilliseconds };
  }

  /** Refuses everywhere, from now on, what began before the ending. */
  async raiseFloor({ id, floor, reason }: FleetEnding): Promise<void> {
    const { store, time } = this.#parts;
    if (this.#raised === id) return;
    await store.raiseFloor({ notAfter: (await time.notAfter()) + floorMilliseconds, floor, reason });
    this.#raised = id;
  }

  /** Goes on with an ending that has not finished, now or as soon as whoever is at it is gone. */
  resume(): void {
    this.#isAsked = true;
    this.#pause.end();
    if (!this.#isOver()) this.#working ??= this.#work();
  }

  /** Resolves when nothing is being done any more; once the manager is closed that is soon. */
  async settled(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    let pause = firstPause;
    while (this.#isAsked && !this.#isOver()) {
      try {
        this.#isAsked = false;
        const wait = await this.#turn();
        pause = firstPause;
        if (wait === 'done') continue;
        await this.#pause.of(wait);
      } catch (error) {
        if (this.#isOver()) break;
        this.#parts.events.emit('background.failed', { operation: 'end-fleet', error, final: false });
        await this.#pause.of(pause);
        pause = Math.min(2 * pause, longestPause);
      }
      this.#isAsked = true;
    }
    // At once: whoever asks from now on begins anew.
    this.#working = undefined;
  }

  /** Looks whether there is something to be done, and does it. Gives how long to wait before the next look, if there is to be one. */
  async #turn(): Promise<number | 'done'> {
    const { store, time } = this.#parts;
    const found = await store.findFleetEnding();
    if (found?.finishedAt !== null) return 'done';
    const left = found.lease && found.lease.holder !== this.#holder ? found.lease.until - (await time.at()) : 0;
    // Not all who wait at the same instant.
    if (left > 0) return left + Math.random() * firstPause;
    const taken = await this.#save(found);
    if (!taken) return firstPause;
    try {
      await this.raiseFloor(taken);
      return (await this.#drain(taken)) === 'finished' ? 'done' : firstPause;
    } catch (error) {
      if (this.#isOver()) await this.#giveBack();
      throw error;
    }
  }

  async #drain(taken: FleetEnding): Promise<'finished' | 'overtaken'> {
    const { store, time } = this.#parts;
    const pace = new Pace({ share, closing: this.#closing, isAwaited: false });
    let state: FleetEnding | undefined = taken;
    if (taken.pending.users.length > 0) state = await this.#end(taken, pace);
    while (state) {
      const { cursor }: FleetEnding = state;
      const at = await time.at();
      const { users, next } = await pace.after(() => store.survey({ at, cursor }));
      for (const batch of inBatches(users)) {
        const pending = { batch: state.pending.batch + 1, users: batch, again: false };
        state = await this.#save({ ...state, pending });
        state = state && (await this.#end(state, pace));
        if (!state) return 'overtaken';
      }
      if (next === null) return this.#finish(state);
      state = { ...state, cursor: next };
      if (performance.now() - this.#savedAt >= saveMilliseconds) state = await this.#save(state);
    }
    return 'overtaken';
  }

  /** Until nobody who is pending has any left. Undefined where somebody else has taken over. */
  async #end(pending: FleetEnding, pace: Pace): Promise<FleetEnding | undefined> {
    const { store, time } = this.#parts;
    let state: FleetEnding | undefined = pending;
    while (state && state.pending.users.length > 0) {
      const before: FleetEnding = state;
      const after = await pace.after(() => endPending(store, time, before));
      state = after.pending.users.length > 0 ? await this.#save(after) : after;
    }
    return state;
  }

  async #finish(state: FleetEnding): Promise<'finished' | 'overtaken'> {
    const { time, events } = this.#parts;
    const finished = await this.#save({ ...state, cursor: null, finishedAt: await time.at() }, null);
    if (!finished) return 'overtaken';
    events.emit('fleet.ending-finished', { ending: presentEnding(finished) });
    return 'finished';
  }

  /** As it is stored: what was done since is done again by the next one, and comes to the same. */
  async #giveBack(): Promise<void> {
    const saved = this.#saved;
    if (saved?.finishedAt === null) await this.#save(saved, null).catch(() => undefined);
  }

  #isOver(): boolean {
    return this.#closing.aborted;
  }

  /** The state as it is stored now, with the lease renewed; undefined where somebody else has taken over. */
  async #save(state: FleetEnding, lease?: FleetEnding['lease']): Promise<FleetEnding | undefined> {
    const { store, time } = this.#parts;
    const write = await time.stamp();
    const ending = {
      ...state,
      version: state.version + 1,
      lease: lease === undefined ? this.leaseFrom(write.at) : lease,
    };
    const { status } = await store.saveFleetEnding({ ...write, ending });
    this.#savedAt = performance.now();
    this.#saved = status === 'saved' ? ending : undefined;
    return this.#saved;
  }
}
