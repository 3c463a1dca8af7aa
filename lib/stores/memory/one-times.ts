import type { Clock } from '../../domain/clock';
import { freeze } from '../../domain/freeze';
import type { UserKey } from '../../domain/session-id';
import type { OneTimeId } from '../../domain/slotted-id';
import type { OneTime } from '../../store/one-times';
import type { Retention } from '../../store/retention';
import { remember } from './entry';

interface Held {
  readonly oneTime: OneTime;
  /** The latest that took a use, newest last. */
  readonly attempts: readonly Buffer[];
  /** How many of its refusals were told, and how many of its uses. */
  readonly refusals: number;
  readonly redemptions: number;
  /** What the disowning did that took its only use. */
  readonly disowned: Disowned | null;
  /** When it is garbage, on the store's own clock. */
  readonly collectAt: number;
}

/** How many sessions a disowning ended, and how many others must confirm their login. */
interface Disowned {
  readonly count: number;
  readonly stepUps: number;
}

/** One-time tokens until some time after they expire, and of those as many as fit: the oldest is forgotten first. */
export class OneTimes {
  readonly #held = new Map<OneTimeId, Held>();
  readonly #max: number;
  readonly #now: Clock;
  readonly #retention: Retention;

  constructor(max: number, now: Clock, retention: Retention) {
    this.#max = max;
    this.#now = now;
    this.#retention = retention;
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
    const collectAt = this.#now() + oneTime.expiresAt - at + this.#retention.expiredOneTimeMilliseconds;
    this.#held.set(oneTime.id, {
      oneTime: freeze(oneTime),
      attempts: [],
      refusals: 0,
      redemptions: 0,
      disowned: null,
      collectAt,
    });
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

  /** Takes the use of one that allows a disowning, and remembers what that did. */
  settle(known: OneTime, attempt: Buffer, disowned: Disowned): void {
    this.take(known, attempt);
    this.#held.set(known.id, { ...this.#held.get(known.id)!, disowned });
  }

  /** What the disowning of this attempt did; undefined where there was none. */
  disownedBy(id: OneTimeId, attempt: Buffer): Disowned | undefined {
    return this.wasTaken(id, attempt) ? (this.#held.get(id)?.disowned ?? undefined) : undefined;
  }

  /** Counts a use that is taken, or a refusal; whether it is still one to tell. */
  tells({ id }: OneTime, what: 'redemptions' | 'refusals'): boolean {
    const held = this.#held.get(id)!;
    const { oneTimeRefusals, oneTimeRedemptions } = this.#retention;
    const most = what === 'refusals' ? oneTimeRefusals : oneTimeRedemptions;
    if (held[what] >= most) return false;
    this.#held.set(id, { ...held, [what]: held[what] + 1 });
    return true;
  }

  /** Those that expire first first. */
  of(user: UserKey): readonly OneTime[] {
    const theirs = [...this.#held.keys()].flatMap((id) => this.find(id) ?? []).filter((one) => one.user === user);
    return theirs.sort((one, other) => one.expiresAt - other.expiresAt);
  }

  forget(user: UserKey): void {
    for (const { id } of this.of(user)) this.delete(id);
  }

  delete(id: OneTimeId): void {
    this.#held.delete(id);
  }

  collect(): void {
    for (const id of this.#held.keys()) this.find(id);
  }
}
