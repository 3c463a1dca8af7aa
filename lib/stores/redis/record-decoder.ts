import { type Digest, digestBytes, familyBytes, nonceBytes } from '../../domain/secret';
import type { SessionId } from '../../domain/session-id';
import type { Credentials, SessionRecord } from '../../domain/session-record';
import { decodeEnding } from './ending-codec';
import { headerBytes, offset, recordFlag, recordFormat, recordState } from './layout';
import { decodeProfile, profileHeadBytes } from './profile-codec';

/** undefined for what this version cannot read: a damaged record, or one of a newer format (B30). */
export function decodeRecord(id: SessionId, bytes: Buffer): SessionRecord | undefined {
  if (bytes.length <= headerBytes || bytes[offset.format] !== recordFormat) return undefined;
  try {
    return readRecord(id, bytes);
  } catch {
    return undefined;
  }
}

function readRecord(id: SessionId, bytes: Buffer): SessionRecord | undefined {
  const flags = bytes.readUInt8(offset.flags);
  const state = bytes.readUInt8(offset.state);
  if (state !== recordState.live && state !== recordState.ended) return undefined;
  const ended = state === recordState.ended;
  const applicationEnd = headerBytes + 1 + bytes.readUInt8(headerBytes);
  const profileStart = applicationEnd + profileHeadBytes;
  const profileEnd = profileStart + bytes.readUInt16BE(profileStart - 2);
  if (profileEnd >= bytes.length) return undefined;
  const rest = bytes.toString('utf8', profileEnd);
  return {
    id,
    applicationId: bytes.toString('utf8', headerBytes + 1, applicationEnd),
    version: bytes.readUInt32BE(offset.version),
    createdAt: timeAt(bytes, offset.created),
    startedAt: timeAt(bytes, offset.started),
    authenticatedAt: timeAt(bytes, offset.authenticated),
    lastSeenAt: timeAt(bytes, offset.seen),
    absoluteExpiresAt: timeAt(bytes, offset.absolute),
    remember: (flags & recordFlag.remember) !== 0,
    trusted: (flags & recordFlag.trusted) !== 0,
    stepUp: (flags & recordFlag.stepUp) !== 0,
    windows: {
      access: timeAt(bytes, offset.accessWindow),
      refresh: timeAt(bytes, offset.refreshWindow) || null,
      idle: timeAt(bytes, offset.idleWindow) || null,
      grace: bytes.readUInt32BE(offset.grace),
    },
    credentials: readCredentials(bytes, flags),
    profile: decodeProfile(bytes.readUInt8(applicationEnd), bytes.toString('utf8', profileStart, profileEnd)),
    data: ended || rest === '{}' ? {} : (JSON.parse(rest) as SessionRecord['data']),
    ending: ended ? decodeEnding(rest) : null,
  };
}

function readCredentials(bytes: Buffer, flags: number): Credentials {
  const refreshable = timeAt(bytes, offset.refreshWindow) !== 0;
  return {
    family: bytes.subarray(offset.family, offset.family + familyBytes),
    generation: bytes.readUInt32BE(offset.generation),
    accessDigest: digestAt(bytes, offset.accessDigest),
    accessExpiresAt: timeAt(bytes, offset.access),
    refreshDigest: refreshable ? digestAt(bytes, offset.refreshDigest) : null,
    refreshExpiresAt: refreshable ? timeAt(bytes, offset.refresh) : null,
    rotatedAt: timeAt(bytes, offset.rotated),
    confirmedAt: timeAt(bytes, offset.confirmed) || null,
    repeats: bytes.readUInt16BE(offset.repeats),
    refreshRevoked: (flags & recordFlag.refreshRevoked) !== 0,
    parent:
      (flags & recordFlag.hasParent) === 0
        ? null
        : {
            accessDigest: digestAt(bytes, offset.parentAccessDigest),
            accessExpiresAt: timeAt(bytes, offset.parentAccess),
            refreshDigest: digestAt(bytes, offset.parentRefreshDigest),
            nonce: bytes.subarray(offset.nonce, offset.nonce + nonceBytes),
          },
  };
}

function timeAt(bytes: Buffer, at: number): number {
  return bytes.readUIntBE(at, 6);
}

function digestAt(bytes: Buffer, at: number): Digest {
  return bytes.subarray(at, at + digestBytes) as Digest;
}
