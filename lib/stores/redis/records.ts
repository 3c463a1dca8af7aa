import type { SessionId } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import type { DelayedEntries } from './delayed-entries';
import { type IncidentListener, tell } from './incidents';
import { idOf } from './keys';
import { decodeRecord } from './record-decoder';
import { bytesOf, type Reply } from './reply';

/** Decodes what Redis holds; what cannot be read is reported and counts as not there. */
export class Records {
  readonly #onIncident: IncidentListener;
  readonly #delayed: Pick<DelayedEntries, 'note'>;

  constructor(onIncident: IncidentListener, delayed: Pick<DelayedEntries, 'note'>) {
    this.#onIncident = onIncident;
    this.#delayed = delayed;
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

  /** As the scripts reply: 1, or what of the history could not be written. */
  noteAudit(audited: Buffer | number | undefined): void {
    this.#delayed.note(audited);
  }
}
