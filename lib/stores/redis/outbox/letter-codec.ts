import type { AuditEntry } from '../../../domain/audit-entry';
import { isOfAccount } from '../../../domain/audit-vocabulary';
import type { UserKey } from '../../../domain/session-id';
import { decodeAudit, encodeAudit } from '../audit-codec';

/** An entry on its way: the user in whose history it stands, and their id as far as it is known. */
export interface StoredLetter {
  readonly user: UserKey;
  readonly entry: AuditEntry;
  readonly userId: string | null;
}

const userBytes = 22;
const entryAt = userBytes + 2;

/** User key, length, entry, and the user id as a JSON string: as `scripts/audit.lua` packs it. */
export function encodeLetter({ user, entry, userId }: StoredLetter): Buffer {
  const bytes = encodeAudit(entry);
  const head = Buffer.alloc(entryAt);
  head.write(user, 'latin1');
  head.writeUInt16BE(bytes.length, userBytes);
  return Buffer.concat([head, bytes, encodeUserId(userId)]);
}

export function encodeUserId(userId: string | null): Buffer {
  return Buffer.from(userId === null ? '' : JSON.stringify(userId));
}

/** undefined for one that this version cannot read (B30). */
export function decodeLetter(bytes: Buffer): StoredLetter | undefined {
  try {
    const entryEnd = entryAt + bytes.readUInt16BE(userBytes);
    const entry = decodeAudit(bytes.subarray(entryAt, entryEnd));
    if (!entry) return undefined;
    const known = bytes.toString('utf8', entryEnd);
    const userId = known === '' ? userIdIn(entry) : (JSON.parse(known) as string);
    return { user: bytes.toString('latin1', 0, userBytes) as UserKey, entry, userId };
  } catch {
    return undefined;
  }
}

/** What the writer told; of a lock that is an account. */
function userIdIn({ event, subject }: AuditEntry): string | null {
  return isOfAccount(event) ? null : subject;
}
