import type { HistoryEntry } from './history-entry';

/** An entry of the audit that was given up for a sink, as apps see it. */
export interface DeadLetterView {
  /** The sink's name. */
  readonly sink: string;
  readonly entry: HistoryEntry;
  /** When it was given up; ISO 8601. */
  readonly diedAt: string;
  /** Of the last failure, in a few words. */
  readonly because: string;
}
