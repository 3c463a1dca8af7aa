import type { Clock } from '../../domain/clock';
import { freeze } from '../../domain/freeze';
import {
  type AccessEntry,
  type AccessLogOutcome,
  type AccessLogQuery,
  mostLookedThrough,
} from '../../store/access-log';
import { retention } from '../../store/retention';

const resent = 100;

interface Kept {
  readonly entry: AccessEntry;
  /** When it is garbage, on the store's own clock. */
  readonly collectAt: number;
}

/** The calls of the administrators' API: as many as fit, the oldest are forgotten first. */
export class AccessLog {
  readonly #now: Clock;
  /** By their numbers, which have no gap. */
  readonly #kept = new Map<number, Kept>();
  #newest = 0;

  constructor(now: Clock) {
    this.#now = now;
  }

  get size(): number {
    return this.#kept.size;
  }

  add(entry: AccessEntry): void {
    for (let number = this.#newest; number > this.#newest - resent; number--) {
      if (this.#kept.get(number)?.entry.id === entry.id) return;
    }
    this.#newest += 1;
    this.#kept.set(this.#newest, { entry: freeze(entry), collectAt: this.#now() + retention.auditMilliseconds });
    this.#kept.delete(this.#newest - retention.accessEntries);
  }

  page({ after, limit, actor }: AccessLogQuery): AccessLogOutcome {
    const first = after === null ? this.#newest : Number(after) - 1;
    const entries: AccessEntry[] = [];
    let number = first;
    // Beyond what was kept nothing is found, as of a number that is none.
    for (; this.#kept.has(number) && entries.length < limit; number--) {
      if (actor !== null && first - number >= mostLookedThrough) break;
      const { entry } = this.#kept.get(number)!;
      if (actor === null || entry.actor === actor) entries.push(entry);
    }
    return { entries, next: this.#kept.has(number) ? String(number + 1) : null };
  }

  collect(): void {
    const now = this.#now();
    for (const [number, { collectAt }] of this.#kept) {
      if (collectAt > now) return;
      this.#kept.delete(number);
    }
  }
}
