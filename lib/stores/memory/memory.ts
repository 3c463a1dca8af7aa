import type { AuditEntry } from '../../domain/audit-entry';
import type { Clock } from '../../domain/clock';
import { effectiveExpiresAt } from '../../domain/deadlines';
import type { EndReason } from '../../domain/end-reason';
import { SessionError } from '../../domain/error';
import type { SessionId, UserKey } from '../../domain/session-id';
import type { Ending, SessionRecord } from '../../domain/session-record';
import type { Retention } from '../../store/retention';
import { Watchers } from '../../store/watchers';
import { AccessLog } from './access-log';
import { AuditFeed } from './audit-feed';
import { Counters } from './counters';
import { type Entry, remember } from './entry';
import { Fleet } from './fleet';
import { freeze } from '../../domain/freeze';
import type { MemorySettings } from './memory-store-options';
import { OneTimes } from './one-times';
import { Outboxes } from './outboxes';
import { ended } from './transitions';
import type { Epoch } from './user';
import { Users } from './users';

// as many as a store holds of live sessions unless told otherwise
const maxCounters = 100_000;

/** What a write leaves behind besides the record. */
interface Change {
  readonly at: number;
  readonly attempt?: Buffer;
  readonly audit?: AuditEntry | null;
}

/** All that a memory store holds, within its bounds. Every step is synchronous: the event loop makes it atomic. */
export class Memory {
  readonly now: Clock;
  readonly users: Users;
  readonly counters: Counters;
  readonly oneTimes: OneTimes;
  /** The limits that were set for single users: kept for good. */
  readonly limits = new Map<UserKey, number>();
  readonly watchers = new Watchers();
  readonly fleet: Fleet;
  readonly accessLog: AccessLog;
  readonly outboxes: Outboxes;
  readonly feed: AuditFeed;
  readonly retention: Retention;
  readonly #max: number;
  readonly #live = new Map<SessionId, Entry>();
  readonly #ended = new Map<SessionId, Entry>();
  /** No record runs out before this instant: a full store does not search at every sign-in that it refuses. */
  #earliestExpiry = Infinity;

  constructor({ maxSessions, retention }: MemorySettings, now: Clock) {
    this.#max = maxSessions;
    this.retention = retention;
    this.now = now;
    // live sessions and tombstones are at most maxSessions each; the last third is for users who have neither
    this.users = new Users(3 * maxSessions, retention);
    this.counters = new Counters(maxCounters, now, retention);
    this.oneTimes = new OneTimes(maxSessions, now, retention);
    this.accessLog = new AccessLog(now, retention);
    this.outboxes = new Outboxes(now, retention);
    this.feed = new AuditFeed(retention);
    this.fleet = new Fleet(retention);
  }

  get isEmpty(): boolean {
    // a user stays as long as any session or tombstone of theirs
    const { users, counters, oneTimes, accessLog, outboxes, feed } = this;
    return users.size + counters.size + oneTimes.size + accessLog.size + outboxes.size + feed.size === 0;
  }

  find(id: SessionId): Entry | undefined {
    const entry = this.#live.get(id) ?? this.#ended.get(id);
    if (entry === undefined || entry.collectAt > this.now()) return entry;
    this.drop(entry);
    return undefined;
  }

  /** What a user's sessions must have begun after: their epoch, or the floor of all users where that is higher. */
  epochOf(user: UserKey): Epoch | null {
    const own = this.users.get(user)?.epoch ?? null;
    const { floor } = this.fleet;
    return own === null || (floor !== null && floor.at >= own.at) ? floor : own;
  }

  /** Whether the user was erased at or after this instant: what was issued by then must bring nothing back. */
  wasErased(user: UserKey, instant: number): boolean {
    return instant <= (this.users.get(user)?.erasedAt ?? -Infinity);
  }

  /** Why this session should have ended: it began at or before the epoch. */
  outdates({ user, record }: Entry): EndReason | undefined {
    const epoch = this.epochOf(user);
    return epoch !== null && record.startedAt <= epoch.at ? epoch.reason : undefined;
  }

  /** @throws SessionError `store_unavailable` when `maxSessions` sessions are live. */
  add(user: UserKey, record: SessionRecord, at: number, createdBy: Buffer): void {
    this.#makeRoom(at);
    this.write({ user, record, createdBy, endedBy: null, attempts: [], collectAt: 0 }, record, { at });
  }

  write(entry: Entry, record: SessionRecord, { at, attempt, audit }: Change): SessionRecord {
    const expiry = effectiveExpiresAt(record);
    const attempts = attempt === undefined ? entry.attempts : remember(entry.attempts, attempt);
    const collectAt = this.now() + Math.max(expiry - at, 0) + this.retention.expiredMilliseconds;
    this.#live.set(record.id, { ...entry, record: freeze(record), attempts, collectAt });
    this.users.open(entry.user).sessions.add(record.id);
    this.#earliestExpiry = Math.min(this.#earliestExpiry, expiry);
    this.watchers.changed(record.id);
    if (audit) this.log(entry.user, audit, record.profile.userId);
    return record;
  }

  /** Ends a session: what stays is its tombstone. */
  bury(entry: Entry, ending: Ending, endedBy: Buffer): SessionRecord {
    const { user } = entry;
    const record = freeze(ended(entry.record, ending));
    const collectAt = this.now() + this.retention.tombstoneMilliseconds;
    this.drop(entry);
    this.#ended.set(record.id, { ...entry, record, endedBy, collectAt });
    this.users.open(user).tombstones.add(record.id);
    this.#pruneTombstones(user);
    return record;
  }

  /** Writes an entry, into the outbox too where it is to be relayed. `userId`: where a record tells it. */
  log(user: UserKey, audit: AuditEntry, userId: string | null = null): void {
    if (this.wasErased(user, audit.at)) return;
    const entry = freeze(audit);
    const isNew = this.users.open(user).log(entry, this.now());
    if (isNew && entry.relayed) this.outboxes.post(user, entry, userId);
  }

  /** Drops everything that is past its time. */
  collect(): void {
    const now = this.now();
    for (const entries of [this.#live, this.#ended]) {
      for (const entry of entries.values()) if (entry.collectAt <= now) this.drop(entry);
    }
    this.users.collect(now);
    this.counters.collect();
    this.oneTimes.collect();
    this.accessLog.collect();
    this.outboxes.collect();
  }

  #makeRoom(at: number): void {
    if (this.#live.size < this.#max) return;
    if (this.#earliestExpiry <= at) this.#dropExpired(at);
    if (this.#live.size < this.#max) return;
    throw new SessionError('store_unavailable', { detail: `the memory store is full: ${this.#max} sessions` });
  }

  #dropExpired(at: number): void {
    this.#earliestExpiry = Infinity;
    for (const entry of this.#live.values()) {
      const expiry = effectiveExpiresAt(entry.record);
      if (expiry <= at) this.drop(entry);
      else this.#earliestExpiry = Math.min(this.#earliestExpiry, expiry);
    }
  }

  #pruneTombstones(key: UserKey): void {
    const { tombstones } = this.users.open(key);
    if (tombstones.size > this.retention.tombstones) this.#dropFirst(tombstones);
    if (this.#ended.size > this.#max) this.#dropFirst(this.#ended.keys());
  }

  /** In the order of writing: the latest tombstone stays even if its time is older, so that its resend is recognised. */
  #dropFirst([id]: Iterable<SessionId>): void {
    const entry = id && this.#ended.get(id);
    if (entry) this.drop(entry);
  }

  /** Leaves nothing of it. */
  drop({ user, record }: Entry): void {
    this.#live.delete(record.id);
    this.#ended.delete(record.id);
    this.users.get(user)?.sessions.delete(record.id);
    this.users.get(user)?.tombstones.delete(record.id);
    this.watchers.changed(record.id);
  }
}
