import type { Farewell } from '../../store/creation';
import { encodeAudit, encodeAuditTemplate } from './audit-codec';
import { encodeEnding } from './ending-codec';

const endingAt = 14;

/**
 * Time, two lengths, ending, audit entry with room for its id and its session's, and the entry of the rest with room for their
 * count: scripts find the sessions themselves.
 */
export function encodeFarewell({ ending, audit, rest }: Farewell): Buffer {
  const json = Buffer.from(encodeEnding(ending));
  const entry = encodeAuditTemplate(audit);
  const head = Buffer.alloc(endingAt);
  head.writeUIntBE(ending.at, 0, 6);
  head.writeUInt32BE(json.length, 6);
  head.writeUInt32BE(entry.length, 10);
  return Buffer.concat([head, json, entry, encodeAudit({ ...rest, count: 0 })]);
}
