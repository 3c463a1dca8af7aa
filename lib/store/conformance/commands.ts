import { randomBytes } from 'node:crypto';
import type { AuditEntry, AuditEvent } from '../../domain/audit-entry';
import { attemptBytes, type Digest, familyBytes, nonceBytes } from '../../domain/secret';
import { type SessionId, userKey } from '../../domain/session-id';
import type { Ending, SessionRecord } from '../../domain/session-record';
import type {
  Amend,
  Create,
  NewKeys,
  Rekey,
  Repeat,
  Replaced,
  Retire,
  Revoke,
  RevokeAll,
  Rotate,
  Touch,
  Write,
} from '../commands';
import { present } from './assertions';
import { randomDigest, second } from './records';

/** Builds commands: each a new attempt with new secrets, a second after the session was last seen unless told otherwise. */
export class Commands {
  /** On the store's own clock. */
  readonly #notAfter: number;

  constructor(notAfter: number) {
    this.#notAfter = notAfter;
  }

  create(record: SessionRecord, changes: Partial<Create> = {}): Create {
    const at = changes.at ?? record.createdAt;
    const audit = auditEntry('session_created', at, record.id);
    return { ...this.#write(at), record, ordered: true, replaces: [], audit, ...changes };
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
    const { id, version, profile, data, trusted } = record;
    const at = changes.at ?? later(record);
    const audit = auditEntry('session_updated', at, id);
    return { ...this.#write(at), id, version, profile, data, trusted, audit, ...changes };
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
      except: null,
      exceptDigest: null,
      rekey: null,
      ending: ending(at, 'password_changed'),
      audit: auditEntry('sessions_revoked', at, null, 'password_changed'),
      ...changes,
    };
  }

  #write(at: number): Write {
    return { attempt: randomBytes(attemptBytes), at, notAfter: this.#notAfter };
  }
}

export function replaced(record: SessionRecord, at: number, digest?: Digest): Replaced {
  const audit = auditEntry('session_revoked', at, record.id, 'replaced');
  return {
    id: record.id,
    digest: digest ?? record.credentials.accessDigest,
    ending: ending(at, 'replaced'),
    audit,
  };
}

export function newKeys(record: SessionRecord): NewKeys {
  return {
    family: randomBytes(familyBytes),
    accessDigest: randomDigest(),
    refreshDigest: record.windows.refresh === null ? null : randomDigest(),
  };
}

export function ending(at: number, reason = 'signed_out'): Ending {
  return { at, reason, actor: { type: 'admin', id: 'support-7' } };
}

function auditEntry(event: AuditEvent, at: number, sessionId: SessionId | null, reason?: string): AuditEntry {
  const id = randomBytes(8).toString('base64url');
  const actor = { type: 'user' } as const;
  return { id, at, event, actor, sessionId, reason: reason ?? null, count: null, ip: '198.51.100.7' };
}

function nameOf(record: SessionRecord): Pick<Rotate, 'id' | 'family' | 'generation'> {
  return { id: record.id, family: record.credentials.family, generation: record.credentials.generation };
}

function later(record: SessionRecord): number {
  return record.lastSeenAt + second;
}
