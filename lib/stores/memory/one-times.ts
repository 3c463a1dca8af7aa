import type { Clock } from '../../domain/clock';
import { freeze } from '../../domain/freeze';
import type { OneTimeId } from '../../domain/slotted-id';
import type { OneTime } from '../../store/one-times';
import { retention } from '../../store/retention';
import { remember } from './entry';

interface Held {
  readonly oneTime: OneTime;
  /** The latest that took a use, newest last. */
  readonly attempts: readonly Buffer[];
  /** How many of its refusals were told, and how many of its uses. */
  readonly refusals: number;
  readonly redemptions: number;
  /** When it is garbage, on the store's own clock. */
  readonly collectAt: number;
}

/** One-time tokens until some time after they expire, and of those as many as fit: the oldest is forgotten first. */
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
    const collectAt = this.#now() + oneTime.expiresAt - at + retention.expiredOneTimeMilliseconds;
    this.#held.set(oneTime.id, { oneTime: freeze(oneTime), attempts: [], refusals: 0, redemptions: 0, collectAt });
    return true;
  }

  /** Whether this attempt has taken a use. */
  wasTaken(id: OneTimeId, attempt: Buffer): boolean {
    return this.#held.get(id)?.attempts.some((made) => made.equals(attempt)) === true;
  }

  /** Takes a use of one that has any left. */
  take({ id, uses }: OneTime, attempt: Buffer): OneTime {
    const held = this.#held.get(id)!;
    const oneTime = freeze({ ...held.oneTime, uses: uses - 1 });
    this.#held.set(id, { ...held, oneTime, attempts: remember(held.attempts, attempt) });
    return oneTime;
  }

  /** Counts a use that is taken, or a refusal; whether it is still one to tell. */
  tells({ id }: OneTime, what: 'redemptions' | 'refusals'): boolean {
    const held = this.#held.get(id)!;
    const most = what === 'refusals' ? retention.oneTimeRefusals : retention.oneTimeRedemptions;
    if (held[what] >= most) return false;
    this.#held.set(id, { ...held, [what]: held[what] + 1 });
    return true;
  }

  delete(id: OneTimeId): void {
    this.#held.delete(id);
  }

  collect(): void {
    for (const id of this.#held.keys()) this.find(id);
  }
}
