import type { AuditEntry } from '../../domain/audit-entry';
import { decodeAudit } from './audit-codec';

const lengthBytes = 2;

/** A user's history as stored: newest entry first, each behind its length. Entries that cannot be read are left out. */
export function decodeHistory(bytes: Buffer): AuditEntry[] {
  const entries: AuditEntry[] = [];
  let at = 0;
  while (at + lengthBytes <= bytes.length) {
    const end = at + lengthBytes + bytes.readUInt16BE(at);
    const entry = decodeAudit(bytes.subarray(at + lengthBytes, end));
    if (entry) entries.push(entry);
    at = end;
  }
  return entries;
}
