import type { AuditEntry } from '../../domain/audit-entry';
import { isOfAccount } from '../../domain/audit-vocabulary';
import type { UserKey } from '../../domain/session-id';
import type { DeadLetter, Letter } from '../../store/outbox';
import type { Retention } from '../../store/retention';

/** A letter, and in whose history its entry stands. */
export interface HeldLetter extends Letter {
  readonly user: UserKey;
}

/** A letter that goes to a single sink, from this time on. */
export interface LaterLetter extends HeldLetter {
  readonly sink: string;
  readonly dueAt: number;
}

export interface DeadHeldLetter extends DeadLetter {
  readonly user: UserKey;
}

export interface Lease {
  readonly worker: string;
  readonly until: number;
}

/** The outbox of one tag. */
export class LetterBox {
  /** The oldest first. */
  letters: HeldLetter[] = [];
  /** Those due first first. */
  later: readonly LaterLetter[] = [];
  /** The newest first. */
  dead: readonly DeadHeldLetter[] = [];
  /** How many were lost to the bounds since that was last asked. */
  lost = 0;
  lease: Lease | null = null;
  /** When nobody has written to it or read it for long enough, on the store's own clock. */
  collectAt = Infinity;
  readonly #retention: Retention;
  #posted = 0;

  constructor(retention: Retention) {
    this.#retention = retention;
  }

  get isEmpty(): boolean {
    return this.letters.length + this.later.length + this.dead.length + this.lost === 0 && this.lease === null;
  }

  post(user: UserKey, entry: AuditEntry, userId: string | null): void {
    const id = String((this.#posted += 1));
    const known = userId ?? (isOfAccount(entry.event) ? null : entry.subject);
    const letter: HeldLetter = { id, user, entry, userId: known, sink: null, attempts: 0 };
    this.letters.push(letter);
    if (this.letters.length <= this.#retention.outboxEntries) return;
    this.letters.shift();
    this.lost += 1;
  }

  /** In place of what goes to the same sinks already. Those due last make room. */
  keep(more: readonly LaterLetter[]): void {
    const ids = new Set(more.map(({ id }) => id));
    const all = [...this.later.filter(({ id }) => !ids.has(id)), ...more].sort(
      (one, other) => one.dueAt - other.dueAt,
    );
    const { outboxEntries } = this.#retention;
    this.later = all.slice(0, outboxEntries);
    this.lost += all.length - this.later.length;
  }

  bury(more: readonly DeadHeldLetter[]): void {
    this.dead = [...[...more].reverse(), ...this.dead].slice(0, this.#retention.deadLetters);
  }

  remove(ids: ReadonlySet<string>): void {
    this.letters = this.letters.filter(({ id }) => !ids.has(id));
    this.later = this.later.filter(({ id }) => !ids.has(id));
  }

  dueAt(at: number): readonly LaterLetter[] {
    return this.later.filter(({ dueAt }) => dueAt <= at);
  }

  /** Forgets letters of whoever is meant. */
  forget(isMeant: (letter: { readonly user: UserKey }) => boolean): void {
    this.letters = this.letters.filter((letter) => !isMeant(letter));
    this.later = this.later.filter((letter) => !isMeant(letter));
    this.dead = this.dead.filter((letter) => !isMeant(letter));
  }
}
