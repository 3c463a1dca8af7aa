import type { Clock } from '../../domain/clock';
import { freeze } from '../../domain/freeze';
import {
  type AccessEntry,
  type AccessLogOutcome,
  type AccessLogQuery,
  mostLookedThrough,
} from '../../store/access-log';
import type { Retention } from '../../store/retention';

const resent = 100;

interface Kept {
  /** Counts up over both kinds of calls: its place in the log. */
  readonly number: number;
  readonly entry: AccessEntry;
  /** When it is garbage, on the store's own clock. */
  readonly collectAt: number;
}

/**
 * The calls of the administrators' API: as many as fit, the oldest are forgotten first. Those by nobody who could be told have room of their
 * own: they push out no other.
 */
export class AccessLog {
  readonly #now: Clock;
  readonly #retention: Retention;
  /** The oldest first. */
  readonly #known: Kept[] = [];
  readonly #nobodys: Kept[] = [];
  #newest = 0;

  constructor(now: Clock, retention: Retention) {
    this.#now = now;
    this.#retention = retention;
  }

  get size(): number {
    return this.#known.length + this.#nobodys.length;
  }

  add(entry: AccessEntry): void {
    const isNobodys = entry.actor === null;
    const kept = isNobodys ? this.#nobodys : this.#known;
    if (kept.slice(-resent).some((one) => one.entry.id === entry.id)) return;
    this.#newest += 1;
    const { accessMilliseconds, accessEntries, anonymousAccessEntries } = this.#retention;
    const collectAt = this.#now() + accessMilliseconds;
    kept.push({ number: this.#newest, entry: freeze(entry), collectAt });
    const most = isNobodys ? anonymousAccessEntries : accessEntries;
    if (kept.length > most) kept.shift();
  }

  page({ at, after, limit, actor }: AccessLogQuery): AccessLogOutcome {
    const gone = at - this.#retention.accessMilliseconds;
    const entries: AccessEntry[] = [];
    let [looked, last] = [0, 0];
    // A number that is none is above nothing.
    for (const { number, entry } of this.#before(after === null ? Infinity : Number(after), actor === null)) {
      if (entries.length >= limit || (actor !== null && looked >= mostLookedThrough)) {
        return { entries, next: String(last) };
      }
      if ((actor === null || entry.actor === actor) && entry.at > gone) entries.push(entry);
      [looked, last] = [looked + 1, number];
    }
    return { entries, next: null };
  }

  /** The newest first. */
  *#before(end: number, withNobodys: boolean): Generator<Kept> {
    const isBefore = ({ number }: Kept): boolean => number < end;
    let [known, nobodys] = [
      this.#known.findLastIndex(isBefore),
      withNobodys ? this.#nobodys.findLastIndex(isBefore) : -1,
    ];
    while (known >= 0 || nobodys >= 0) {
      const isKnown = (this.#known[known]?.number ?? 0) > (this.#nobodys[nobodys]?.number ?? 0);
      yield isKnown ? this.#known[known--]! : this.#nobodys[nobodys--]!;
    }
  }

  /** Puts other entries in the place of those for which it is given any. */
  replace(instead: (entry: AccessEntry) => AccessEntry | undefined): void {
    for (const kept of [this.#known, this.#nobodys]) {
      for (const [index, one] of kept.entries()) {
        const other = instead(one.entry);
        if (other) kept[index] = { ...one, entry: freeze(other) };
      }
    }
  }

  collect(): void {
    const now = this.#now();
    for (const kept of [this.#known, this.#nobodys]) {
      const garbage = kept.findIndex(({ collectAt }) => collectAt > now);
      kept.splice(0, garbage === -1 ? kept.length : garbage);
    }
  }
}
