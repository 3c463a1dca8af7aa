import type { Farewell } from '../../store/creation';
import { encodeAuditTemplate } from './audit-codec';
import { encodeEnding } from './ending-codec';

const endingAt = 10;

/** Time, length, ending, audit entry with room for its id and its session's: scripts find the sessions themselves. */
export function encodeFarewell({ ending, audit }: Farewell): Buffer {
  const json = Buffer.from(encodeEnding(ending));
  const head = Buffer.alloc(endingAt);
  head.writeUIntBE(ending.at, 0, 6);
  head.writeUInt32BE(json.length, 6);
  return Buffer.concat([head, json, encodeAuditTemplate(audit)]);
}
