import type { FleetEnding } from '../../store/fleet';
import type { SessionStore } from '../../store/session-store';
import { mintAttempt } from '../../tokens/mint';
import type { Timekeeper } from '../timekeeper';

const leaseMilliseconds = 15_000;

/** The ending as the store keeps it, under the lease of this process: whoever writes it down goes on with it. */
export class KeptEnding {
  readonly #store: SessionStore;
  readonly #time: Timekeeper;
  readonly #holder = mintAttempt().toString('base64url');
  #savedAt = -Infinity;
  #saved: FleetEnding | undefined;

  constructor(store: SessionStore, time: Timekeeper) {
    this.#store = store;
    this.#time = time;
  }

  /** What keeps others off for a while. */
  leaseFrom(at: number): NonNullable<FleetEnding['lease']> {
    return { holder: this.#holder, until: at + leaseMilliseconds };
  }

  /** For how many milliseconds somebody else is at it. */
  async heldFor({ lease }: FleetEnding): Promise<number> {
    return lease && lease.holder !== this.#holder ? lease.until - (await this.#time.at()) : 0;
  }

  /** The state as it is stored now, with the lease renewed; undefined where somebody else has taken over. */
  save(state: FleetEnding): Promise<FleetEnding | undefined> {
    return this.#save(state, (at) => this.leaseFrom(at));
  }

  /** The last time: nobody is at it any more. Undefined where somebody else has taken over. */
  async finish(state: FleetEnding): Promise<FleetEnding | undefined> {
    return this.#save({ ...state, cursor: null, finishedAt: await this.#time.at() }, () => null);
  }

  /** As it is stored: what was done since is done again by the next one, and comes to the same. Never throws. */
  async giveBack(): Promise<void> {
    const saved = this.#saved;
    if (saved?.finishedAt === null) await this.#save(saved, () => null).catch(() => undefined);
  }

  /** How many milliseconds ago it was written down. */
  age(): number {
    return performance.now() - this.#savedAt;
  }

  async #save(
    state: FleetEnding,
    leaseFrom: (at: number) => FleetEnding['lease'],
  ): Promise<FleetEnding | undefined> {
    const write = await this.#time.stamp();
    const ending = { ...state, version: state.version + 1, lease: leaseFrom(write.at) };
    const { status } = await this.#store.saveFleetEnding({ ...write, ending });
    this.#savedAt = performance.now();
    this.#saved = status === 'saved' ? ending : undefined;
    return this.#saved;
  }
}
