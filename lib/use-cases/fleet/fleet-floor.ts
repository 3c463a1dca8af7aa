import type { FleetEnding } from '../../store/fleet';
import type { SessionStore } from '../../store/session-store';
import type { Timekeeper } from '../timekeeper';

// Thousands of small writes, which a slow link may take its time for.
const floorMilliseconds = 30_000;

/** Raises what everybody's sessions must have begun after: once an ending in this process, which asks for it at each of its turns. */
export class FleetFloor {
  readonly #store: SessionStore;
  readonly #time: Timekeeper;
  #raised: { readonly id: string; readonly durable: boolean } | undefined;

  constructor(store: SessionStore, time: Timekeeper) {
    this.#store = store;
    this.#time = time;
  }

  /** Refuses everywhere, from now on, what began before the ending. Gives that, with what replicas have said to it. */
  async raise(ending: FleetEnding): Promise<FleetEnding> {
    const { id, floor, reason } = ending;
    if (this.#raised?.id !== id) {
      const notAfter = (await this.#time.notAfter()) + floorMilliseconds;
      const { durable } = await this.#store.raiseFloor({ notAfter, floor, reason });
      this.#raised = { id, durable };
    }
    return this.#raised.durable ? ending : { ...ending, durable: false };
  }

  /** A failover may have lost it. */
  doubt(): void {
    this.#raised = undefined;
  }
}
