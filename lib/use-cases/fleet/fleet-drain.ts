import type { Emitter } from '../../events/emitter';
import type { FleetEnding } from '../../store/fleet';
import type { SessionStore } from '../../store/session-store';
import type { AuditRules } from '../audit';
import type { Timekeeper } from '../timekeeper';
import { endEverybody } from './end-everybody';
import { FleetFloor } from './fleet-floor';
import { KeptEnding } from './kept-ending';
import { NudgedPause } from './nudged-pause';
import { presentEnding } from './present-ending';

const firstPause = 100;
const longestPause = 30_000;

interface Parts {
  readonly settings: AuditRules;
  readonly store: SessionStore;
  readonly time: Timekeeper;
  readonly events: Emitter;
}

/**
 * Ends everybody's sessions behind the callers' backs, where that was begun: one process at a time, by a lease; when that one is gone,
 * another that was asked to goes on.
 */
export class FleetDrain {
  readonly #parts: Parts & { readonly floor: FleetFloor; readonly kept: KeptEnding };
  readonly #closing: AbortSignal;
  readonly #pause: NudgedPause;
  #working: Promise<void> | undefined;
  #isAsked = false;

  constructor(parts: Parts, closing: AbortSignal) {
    const { store, time } = parts;
    this.#parts = { ...parts, floor: new FleetFloor(store, time), kept: new KeptEnding(store, time) };
    this.#closing = closing;
    this.#pause = new NudgedPause(closing);
  }

  /** What keeps others off for a while. */
  leaseFrom(at: number): NonNullable<FleetEnding['lease']> {
    return this.#parts.kept.leaseFrom(at);
  }

  /** Refuses everywhere, from now on, what began before the ending. Gives that, with what replicas have said to it. */
  raiseFloor(ending: FleetEnding): Promise<FleetEnding> {
    return this.#parts.floor.raise(ending);
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
    const { store, kept, floor, events } = this.#parts;
    const found = await store.findFleetEnding();
    if (found?.finishedAt !== null) return 'done';
    const left = await kept.heldFor(found);
    // Not all who wait at the same instant.
    if (left > 0) return left + Math.random() * firstPause;
    const taken = await kept.save(found);
    if (!taken) return firstPause;
    try {
      const finished = await endEverybody(this.#parts, await floor.raise(taken), this.#closing);
      if (!finished) return firstPause;
      events.emit('fleet.ending-finished', { ending: presentEnding(finished) });
      return 'done';
    } catch (error) {
      if (this.#isOver()) await kept.giveBack();
      throw error;
    }
  }

  #isOver(): boolean {
    return this.#closing.aborted;
  }
}
