import { sameBytes } from '../../domain/same-bytes';
import type { Digest } from '../../domain/secret';
import type { Credentials, Ending, SessionRecord } from '../../domain/session-record';
import type { Amend, NewKeys, Rekey, Retire, Rotate, Touch } from '../../store/commands';

/** Which record follows which. Pure: whether the step is allowed has been judged before. */

export function rotated(record: SessionRecord, refreshDigest: Digest, command: Rotate): SessionRecord {
  const { at, nonce, slide } = command;
  const { credentials, windows } = record;
  const accessExpiresAt = Math.min(credentials.accessExpiresAt, at + windows.grace);
  return {
    ...record,
    lastSeenAt: slide ? Math.max(record.lastSeenAt, at) : record.lastSeenAt,
    credentials: {
      ...credentials,
      generation: credentials.generation + 1,
      accessDigest: command.accessDigest,
      accessExpiresAt: deadline(record, at, windows.access),
      refreshDigest: command.refreshDigest,
      refreshExpiresAt: slide ? refreshDeadline(record, at) : credentials.refreshExpiresAt,
      rotatedAt: at,
      confirmedAt: null,
      repeats: 0,
      parent: { accessDigest: credentials.accessDigest, accessExpiresAt, refreshDigest, nonce },
    },
  };
}

export function repeated(record: SessionRecord, at: number): SessionRecord {
  const { credentials, windows } = record;
  const ranOutUnused = credentials.confirmedAt === null && credentials.accessExpiresAt <= at;
  const accessExpiresAt = ranOutUnused ? deadline(record, at, windows.access) : credentials.accessExpiresAt;
  return withCredentials(record, { repeats: credentials.repeats + 1, accessExpiresAt });
}

export function touched(record: SessionRecord, { at, slide, confirm }: Touch): SessionRecord {
  const { credentials, windows } = record;
  const confirms = confirm === credentials.generation && credentials.confirmedAt === null;
  const slidesAccess = slide && windows.refresh === null && !credentials.refreshRevoked;
  return {
    ...record,
    lastSeenAt: slide ? Math.max(record.lastSeenAt, at) : record.lastSeenAt,
    credentials: {
      ...credentials,
      confirmedAt: confirms ? at : credentials.confirmedAt,
      accessExpiresAt: Math.max(
        credentials.accessExpiresAt,
        slidesAccess ? deadline(record, at, windows.access) : 0,
      ),
    },
  };
}

export function rekeyed(record: SessionRecord, keys: NewKeys, at: number): SessionRecord {
  return {
    ...record,
    lastSeenAt: Math.max(record.lastSeenAt, at),
    credentials: {
      family: keys.family,
      accessDigest: keys.accessDigest,
      refreshDigest: record.windows.refresh === null ? null : keys.refreshDigest,
      generation: 0,
      accessExpiresAt: deadline(record, at, record.windows.access),
      refreshExpiresAt: refreshDeadline(record, at),
      rotatedAt: at,
      confirmedAt: null,
      repeats: 0,
      refreshRevoked: false,
      parent: null,
    },
  };
}

export function reprofiled(record: SessionRecord, amendment: NonNullable<Rekey['amendment']>): SessionRecord {
  const { profile, authenticatedAt, stepUp } = amendment;
  return { ...record, version: record.version + 1, profile, authenticatedAt, stepUp };
}

export function amended(record: SessionRecord, { profile, data, trusted, stepUp }: Amend): SessionRecord {
  return { ...record, version: record.version + 1, profile, data, trusted, stepUp };
}

/** Moves the sign-in past an epoch. */
export function restamped(record: SessionRecord, epoch: number): SessionRecord {
  return { ...record, startedAt: Math.max(record.startedAt, epoch + 1) };
}

/**
 * Opens nothing but a fresh login from now on. It counts as an amendment: one on its way that was made from the session as it was must not
 * clear it.
 */
export function steppedUp(record: SessionRecord): SessionRecord {
  return { ...record, version: record.version + 1, stepUp: true };
}

/** undefined where the digest is not one of the session's tokens of that kind. */
export function retired(record: SessionRecord, { at, kind, digest }: Retire): SessionRecord | undefined {
  const { credentials, windows } = record;
  const { parent } = credentials;
  const name = kind === 'access' ? 'accessDigest' : 'refreshDigest';
  const isCurrent = sameBytes(digest, credentials[name]);
  if (!isCurrent && !sameBytes(digest, parent?.[name])) return undefined;

  // presenting a token to end it is presenting it: a repeat must not take it for unused and start it anew
  const confirmedAt = isCurrent ? (credentials.confirmedAt ?? at) : credentials.confirmedAt;
  if (kind === 'refresh') {
    const refreshExpiresAt = Math.min(credentials.refreshExpiresAt ?? at, at);
    return withCredentials(record, { confirmedAt, refreshRevoked: true, refreshExpiresAt });
  }
  if (isCurrent) {
    const accessExpiresAt = Math.min(credentials.accessExpiresAt, at);
    const refreshRevoked = credentials.refreshRevoked || windows.refresh === null;
    return withCredentials(record, { confirmedAt, accessExpiresAt, refreshRevoked });
  }
  return withCredentials(record, {
    parent: parent && { ...parent, accessExpiresAt: Math.min(parent.accessExpiresAt, at) },
  });
}

export function ended(record: SessionRecord, ending: Ending): SessionRecord {
  return { ...record, data: {}, ending };
}

function withCredentials(record: SessionRecord, changes: Partial<Credentials>): SessionRecord {
  return { ...record, credentials: { ...record.credentials, ...changes } };
}

/** Nothing outlives the session. */
function deadline(record: SessionRecord, at: number, window: number): number {
  return Math.min(at + window, record.absoluteExpiresAt);
}

function refreshDeadline(record: SessionRecord, at: number): number | null {
  return record.windows.refresh === null ? null : deadline(record, at, record.windows.refresh);
}
