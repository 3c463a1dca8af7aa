import { userKey } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import { headerBytes, offset, recordFlag, recordFormat, recordState } from './layout';
import { encodeProfile } from './profile-codec';

/** A live record as it is first written. The scripts make every later version of it. */
export function encodeRecord(record: SessionRecord, attempt: Buffer): Buffer {
  const application = Buffer.from(record.applicationId);
  const head = Buffer.alloc(headerBytes + 1);
  writeHeader(head, record, attempt);
  head.writeUInt8(application.length, headerBytes);
  return Buffer.concat([head, application, encodeProfile(record.profile), encodeData(record.data)]);
}

export function encodeData(data: SessionRecord['data']): Buffer {
  return Buffer.from(JSON.stringify(data));
}

function writeHeader(head: Buffer, record: SessionRecord, attempt: Buffer): void {
  const { windows, credentials } = record;
  const { parent } = credentials;
  const number = (at: number, value: number | null, width = 6): void =>
    void head.writeUIntBE(value ?? 0, at, width);
  number(offset.format, recordFormat, 1);
  number(offset.state, recordState.live, 1);
  number(offset.flags, flagsOf(record), 1);
  number(offset.version, record.version, 4);
  number(offset.generation, credentials.generation, 4);
  number(offset.repeats, credentials.repeats, 2);
  number(offset.seen, record.lastSeenAt);
  number(offset.access, credentials.accessExpiresAt);
  number(offset.confirmed, credentials.confirmedAt);
  number(offset.refresh, credentials.refreshExpiresAt);
  number(offset.created, record.createdAt);
  number(offset.started, record.startedAt);
  number(offset.authenticated, record.authenticatedAt);
  number(offset.rotated, credentials.rotatedAt);
  number(offset.parentAccess, parent?.accessExpiresAt ?? null);
  number(offset.absolute, record.absoluteExpiresAt);
  number(offset.accessWindow, windows.access);
  number(offset.refreshWindow, windows.refresh);
  number(offset.idleWindow, windows.idle);
  number(offset.grace, windows.grace, 4);
  head.write(userKey(record.profile.userId), offset.user, 'latin1');
  credentials.family.copy(head, offset.family);
  credentials.accessDigest.copy(head, offset.accessDigest);
  credentials.refreshDigest?.copy(head, offset.refreshDigest);
  parent?.accessDigest.copy(head, offset.parentAccessDigest);
  parent?.refreshDigest.copy(head, offset.parentRefreshDigest);
  parent?.nonce.copy(head, offset.nonce);
  attempt.copy(head, offset.attempts);
}

function flagsOf({ remember, trusted, stepUp, credentials }: SessionRecord): number {
  return (
    (remember ? recordFlag.remember : 0) |
    (trusted ? recordFlag.trusted : 0) |
    (stepUp ? recordFlag.stepUp : 0) |
    (credentials.refreshRevoked ? recordFlag.refreshRevoked : 0) |
    (credentials.parent ? recordFlag.hasParent : 0)
  );
}
