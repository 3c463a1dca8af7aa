import { randomBytes } from 'node:crypto';
import type { Limits } from '../../domain/limits';
import { attemptBytes, type Digest, familyBytes, nonceBytes } from '../../domain/secret';
import { userKey } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import type { Amend, NewKeys, Rekey, Repeat, Retire, Revoke, RevokeAll, Rotate, Touch, Write } from '../commands';
import type { AccessEntry, LogAccess } from '../access-log';
import type { Budget, Count, Reset } from '../counters';
import type { Create, Replaced, SetLimit, Trim } from '../creation';
import type { Note } from '../note';
import type { ConsumeOneTime, OneTime, PutOneTime } from '../one-times';
import type { Disown } from '../disown';
import type { Erase } from '../erasure';
import { present } from './assertions';
import { auditEntry, ending, farewell } from './endings';
import { evict, noLimits } from './limits';
import { randomDigest, second, start } from './records';

/** Builds commands: each a new attempt with new secrets, a second after the session was last seen unless told otherwise. */
export class Commands {
  /** On the store's own clock. */
  readonly #notAfter: number;

  constructor(notAfter: number) {
    this.#notAfter = notAfter;
  }

  create(record: SessionRecord, changes: Partial<Create> = {}): Create {
    const at = changes.at ?? record.createdAt;
    return {
      ...this.#write(at),
      record,
      ordered: true,
      audit: auditEntry('session_created', at, record.id),
      replaces: [],
      replacesDevice: false,
      replacing: farewell(at, 'replaced'),
      limits: noLimits,
      evict: null,
      evicting: farewell(at, 'evicted'),
      onReached: null,
      consumes: null,
      ...changes,
    };
  }

  /** The exchange of the record's current refresh token. */
  rotate(record: SessionRecord, changes: Partial<Rotate> = {}): Rotate {
    return {
      ...this.#write(changes.at ?? later(record)),
      ...nameOf(record),
      presented: record.credentials.refreshDigest ?? randomDigest(),
      nonce: randomBytes(nonceBytes),
      accessDigest: randomDigest(),
      refreshDigest: randomDigest(),
      slide: true,
      ...changes,
    };
  }

  repeat(record: SessionRecord, changes: Partial<Repeat> = {}): Repeat {
    const at = changes.at ?? later(record);
    const audit = auditEntry('token_repeated', at, record.id);
    return { ...this.#write(at), ...nameOf(record), audit, ...changes };
  }

  touch(record: SessionRecord, changes: Partial<Touch> = {}): Touch {
    const { id } = record;
    return { id, at: later(record), notAfter: this.#notAfter, slide: true, confirm: null, ...changes };
  }

  rekey(record: SessionRecord, changes: Partial<Rekey> = {}): Rekey {
    const at = changes.at ?? later(record);
    const audit = auditEntry('session_reissued', at, record.id);
    const { family } = record.credentials;
    return { ...this.#write(at), id: record.id, family, keys: newKeys(record), amendment: null, audit, ...changes };
  }

  /** Changes nothing of what the session shows unless `changes` do. */
  amend(record: SessionRecord, changes: Partial<Amend> = {}): Amend {
    const { id, version, profile, data, trusted, stepUp } = record;
    const at = changes.at ?? later(record);
    const audit = auditEntry('session_updated', at, id);
    return { ...this.#write(at), id, version, profile, data, trusted, stepUp, audit, ...changes };
  }

  retire(record: SessionRecord, kind: Retire['kind'], changes: Partial<Retire> = {}): Retire {
    const at = changes.at ?? later(record);
    const { accessDigest, refreshDigest } = record.credentials;
    const digest = kind === 'access' ? accessDigest : present(refreshDigest);
    const audit = auditEntry('token_revoked', at, record.id);
    return { ...this.#write(at), id: record.id, kind, digest, audit, ...changes };
  }

  revoke(record: SessionRecord, changes: Partial<Revoke> = {}): Revoke {
    const at = changes.at ?? later(record);
    const audit = auditEntry('session_revoked', at, record.id, 'signed_out');
    return { ...this.#write(at), id: record.id, owner: null, family: null, ending: ending(at), audit, ...changes };
  }

  /** Every session that began up to `at`. */
  revokeAll(userId: string, at: number, changes: Partial<RevokeAll> = {}): RevokeAll {
    return {
      ...this.#write(at),
      user: userKey(userId),
      epoch: at,
      untrustedOnly: false,
      most: null,
      except: null,
      exceptDigest: null,
      rekey: null,
      ending: ending(at, 'password_changed'),
      audit: auditEntry('sessions_revoked', at, null, 'password_changed'),
      ...changes,
    };
  }

  /** Of those who have to go, the oldest. */
  trim(userId: string, at: number, limits: Limits, changes: Partial<Trim> = {}): Trim {
    const [order, evicting] = [evict('oldest'), farewell(at, 'evicted')];
    return { ...this.#write(at), user: userKey(userId), limits, evict: order, evicting, ...changes };
  }

  setLimit(userId: string, limit: number | null, changes: Partial<SetLimit> = {}): SetLimit {
    const at = changes.at ?? start;
    const audit = auditEntry('session_limit_changed', at, null);
    return { ...this.#write(at), user: userKey(userId), limit, audit, ...changes };
  }

  putOneTime(oneTime: OneTime, changes: Partial<PutOneTime> = {}): PutOneTime {
    const at = changes.at ?? start;
    return { ...this.#write(at), oneTime, audit: auditEntry('one_time_token_issued', at, null), ...changes };
  }

  consumeOneTime({ id, purpose }: OneTime, changes: Partial<ConsumeOneTime> = {}): ConsumeOneTime {
    const at = changes.at ?? start;
    const audit = {
      consumed: auditEntry('one_time_token_redeemed', at, null),
      spent: auditEntry('one_time_token_refused', at, null, 'spent'),
      expired: auditEntry('one_time_token_refused', at, null, 'expired'),
    };
    return { ...this.#write(at), id, purpose, audit, ...changes };
  }

  /** Of sign-ins since this instant, a second later unless told otherwise. The epoch is the instant at which it happens. */
  disown({ id, purpose }: OneTime, userId: string, since: number, changes: Partial<Disown> = {}): Disown {
    const at = changes.at ?? since + second;
    const audit = {
      disowned: auditEntry('sign_in_disowned', at, null, 'disowned'),
      spent: auditEntry('one_time_token_refused', at, null, 'spent'),
      expired: auditEntry('one_time_token_refused', at, null, 'expired'),
    };
    const told = { epoch: at, ending: ending(at, 'disowned'), audit };
    return { ...this.#write(at), user: userKey(userId), oneTime: { id, purpose }, since, ...told, ...changes };
  }

  /** Unless told otherwise it happens at `start`. */
  count(userId: string, budgets: readonly Budget[], changes: Partial<Count> = {}): Count {
    return { ...this.#write(changes.at ?? start), user: userKey(userId), budgets, probe: false, ...changes };
  }

  reset(userId: string, counters: Reset['counters'], changes: Partial<Reset> = {}): Reset {
    const at = changes.at ?? start;
    const audit = { user: userKey(userId), entry: auditEntry('account_unlocked', at, null) };
    return { ...this.#write(at), counters, known: null, audit, ...changes };
  }

  /** The epoch is the instant at which it happens. */
  erase(userId: string, at: number, changes: Partial<Erase> = {}): Erase {
    return {
      ...this.#write(at),
      user: userKey(userId),
      userId,
      account: null,
      epoch: at,
      counters: [],
      audit: null,
      ...changes,
    };
  }

  note(userId: string, at: number, changes: Partial<Note> = {}): Note {
    const told = { startedAt: at, audit: auditEntry('risk_noticed', at, null) };
    return { ...this.#write(at), user: userKey(userId), ...told, ...changes };
  }

  logAccess(entry: AccessEntry): LogAccess {
    return { ...this.#write(entry.at), entry };
  }

  #write(at: number): Write {
    return { attempt: randomBytes(attemptBytes), at, notAfter: this.#notAfter };
  }
}

export function replaced(record: SessionRecord, digest: Digest = record.credentials.accessDigest): Replaced {
  return { id: record.id, digest };
}

export function newKeys(record: SessionRecord): NewKeys {
  return {
    family: randomBytes(familyBytes),
    accessDigest: randomDigest(),
    refreshDigest: record.windows.refresh === null ? null : randomDigest(),
  };
}

function nameOf(record: SessionRecord): Pick<Rotate, 'id' | 'family' | 'generation'> {
  return { id: record.id, family: record.credentials.family, generation: record.credentials.generation };
}

function later(record: SessionRecord): number {
  return record.lastSeenAt + second;
}
