import type { SessionId } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import { type IncidentListener, tell } from './incidents';
import { idOf } from './keys';
import { decodeRecord } from './record-decoder';
import { bytesOf, type Reply } from './reply';

/** Decodes what Redis holds; what cannot be read is reported and counts as not there. */
export class Records {
  readonly #onIncident: IncidentListener;

  constructor(onIncident: IncidentListener) {
    this.#onIncident = onIncident;
  }

  decode(id: SessionId, bytes: Buffer): SessionRecord | undefined {
    const record = decodeRecord(id, bytes);
    if (!record) tell(this.#onIncident, { kind: 'unreadable-record', sessionId: id });
    return record;
  }

  /** Of a reply that gives pairs of key name and record; those that cannot be read are left out. */
  decodePairs(parts: Reply): SessionRecord[] {
    const records: SessionRecord[] = [];
    for (let i = 0; i + 1 < parts.length; i += 2) {
      const id = idOf(String(parts[i]));
      const record = id && this.decode(id, bytesOf(parts[i + 1]));
      if (record) records.push(record);
    }
    return records;
  }

  /** `written`: 1 or 0, as the scripts reply. */
  noteAudit(written: number): void {
    if (written === 0) tell(this.#onIncident, { kind: 'audit-lost' });
  }
}
