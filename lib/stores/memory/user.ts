import type { AuditEntry } from '../../domain/audit-entry';
import type { EndReason } from '../../domain/end-reason';
import type { SessionId } from '../../domain/session-id';
import type { Retention } from '../../store/retention';
import { remember } from './entry';
import { keptHistory } from './kept-history';

const recent = 4;

/** What sessions must have begun after, and why. */
export interface Epoch {
  readonly at: number;
  readonly reason: EndReason;
}

/** A command that ended many sessions, with the count it answered. */
interface Revocation {
  readonly attempt: Buffer;
  readonly count: number;
}

/** What the store knows of one user: which sessions, what happened, and since when sign-ins count. */
export class User {
  /** Live and expired ones. */
  readonly sessions = new Set<SessionId>();
  readonly tombstones = new Set<SessionId>();
  /** Newest first. */
  history: readonly AuditEntry[] = [];
  epoch: Epoch | null = null;
  /** By when they were erased: an epoch that rises later, for another reason, does not change it. */
  erasedAt = -Infinity;
  /** When the history and the epoch are garbage, on the store's own clock. */
  collectAt = 0;
  #revocations: readonly Revocation[] = [];
  #limitings: readonly Buffer[] = [];
  #historyCollectAt = 0;
  readonly #retention: Retention;

  constructor(retention: Retention) {
    this.#retention = retention;
  }

  get isEmpty(): boolean {
    return this.sessions.size === 0 && this.tombstones.size === 0;
  }

  /** false: it is there already. */
  log(entry: AuditEntry, now: number): boolean {
    // sent again, a command finds its entry among the newest
    if (this.history.slice(0, recent).some(({ id }) => id === entry.id)) return false;
    const { auditMilliseconds } = this.#retention;
    const firstGone = this.history.findIndex(({ at }) => at <= entry.at - auditMilliseconds);
    const kept = firstGone < 0 ? this.history : this.history.slice(0, firstGone);
    this.history = keptHistory([entry, ...kept], this.#retention);
    this.collectAt = Math.max(this.collectAt, now + auditMilliseconds);
    this.#historyCollectAt = now + auditMilliseconds;
    return true;
  }

  /** Once its newest entry is past its time, nobody is shown it any more. */
  collectHistory(now: number): void {
    if (this.#historyCollectAt <= now) this.history = [];
  }

  raiseEpoch(epoch: Epoch, now: number): void {
    if (this.epoch === null || epoch.at > this.epoch.at) this.epoch = epoch;
    this.collectAt = Math.max(this.collectAt, now + this.#retention.epochMilliseconds);
  }

  revocation(attempt: Buffer): Revocation | undefined {
    return this.#revocations.find((made) => made.attempt.equals(attempt));
  }

  rememberRevocation(made: Revocation): void {
    this.#revocations = remember(this.#revocations, made);
  }

  hasSetLimit(attempt: Buffer): boolean {
    return this.#limitings.some((made) => made.equals(attempt));
  }

  rememberLimit(attempt: Buffer): void {
    this.#limitings = remember(this.#limitings, attempt);
  }
}
