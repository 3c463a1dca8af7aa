import type { Clock } from '../../domain/clock';
import type { OneTimeId } from '../../domain/slotted-id';
import type { OneTime } from '../../store/creation';
import { freeze } from '../../domain/freeze';

interface Held {
  readonly oneTime: OneTime;
  /** When it is garbage, on the store's own clock. */
  readonly collectAt: number;
}

/** One-time tokens until they expire, and of those as many as fit: the oldest is forgotten first. */
export class OneTimes {
  readonly #held = new Map<OneTimeId, Held>();
  readonly #max: number;
  readonly #now: Clock;

  constructor(max: number, now: Clock) {
    this.#max = max;
    this.#now = now;
  }

  get size(): number {
    return this.#held.size;
  }

  find(id: OneTimeId): OneTime | undefined {
    const held = this.#held.get(id);
    if (held === undefined || held.collectAt > this.#now()) return held?.oneTime;
    this.#held.delete(id);
    return undefined;
  }

  /** false: it is there already. */
  put(oneTime: OneTime, at: number): boolean {
    if (this.find(oneTime.id)) return false;
    const [oldest] = this.#held.keys();
    if (oldest !== undefined && this.#held.size >= this.#max) this.#held.delete(oldest);
    this.#held.set(oneTime.id, { oneTime: freeze(oneTime), collectAt: this.#now() + oneTime.expiresAt - at });
    return true;
  }

  delete(id: OneTimeId): void {
    this.#held.delete(id);
  }

  collect(): void {
    for (const id of this.#held.keys()) this.find(id);
  }
}
