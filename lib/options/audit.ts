import type { AuditSink, FeedSink } from '../domain/audit-sink';
import { optionError, readBoolean, readFunction, refuseUnknown } from './read-options';

/** Where the audit goes beside people's histories. */
export interface AuditOptions {
  /** Sinks, each with a name of its own: `functionSink`, `logSink`, `webhookSink`, `feedSink`, or your own. None unless given. */
  readonly sinks?: readonly (AuditSink | FeedSink)[] | undefined;
  /**
   * Whether this process delivers to the durable sinks; true. false: it only writes, and other processes, with the same sinks and true,
   * deliver. Sinks that are not durable are served by the process that made the change whatever is said here.
   */
  readonly relay?: boolean | undefined;
}

/** {@link AuditOptions}, parsed. */
export interface AuditSettings {
  /** As they were given, the feed excepted. */
  readonly sinks: readonly AuditSink[];
  readonly feed: FeedSink | null;
  readonly relay: boolean;
  /** Whether any sink is durable: each change is then written to the outbox as well. */
  readonly isDurable: boolean;
  /** Whether any sink is told from memory. */
  readonly isTold: boolean;
}

/** What a sink may be called. */
export const sinkName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const mostSinks = 16;
const mostInBatch = 100;
const longestTimeout = 300_000;

export function readAudit(input: unknown): AuditSettings {
  const { sinks: given = [], relay } = refuseUnknown(input, ['sinks', 'relay'], 'audit');
  if (!Array.isArray(given) || given.length > mostSinks) {
    throw optionError('audit.sinks', `an array of at most ${mostSinks} sinks`, given);
  }
  const all = given.map(readSink);
  const names = new Set<string>();
  for (const { name } of all) {
    // What is under way to a sink is kept under its name.
    if (names.has(name)) throw optionError('audit.sinks', 'sinks of different names', name);
    names.add(name);
  }
  return Object.freeze({
    sinks: Object.freeze(all.filter(isCalled)),
    feed: all.find(isFeed) ?? null,
    relay: readBoolean(relay, 'audit.relay', true),
    isDurable: all.some(({ durable }) => durable),
    isTold: all.some(({ durable }) => !durable),
  });
}

function isCalled(sink: AuditSink | FeedSink): sink is AuditSink {
  return !isFeed(sink);
}

function isFeed(sink: AuditSink | FeedSink): sink is FeedSink {
  return 'maxEntries' in sink && !('deliver' in sink);
}

function readSink(value: unknown, index: number): AuditSink | FeedSink {
  const option = `audit.sinks[${index}]`;
  if (typeof value !== 'object' || value === null) throw optionError(option, 'a sink', value);
  const sink = value as AuditSink;
  if (typeof sink.name !== 'string' || !sinkName.test(sink.name)) {
    throw optionError(`${option}.name`, 'a word of letters, digits, - and _', sink.name);
  }
  if (typeof sink.durable !== 'boolean') throw optionError(`${option}.durable`, 'true or false', sink.durable);
  if (isFeed(value as FeedSink)) return value as FeedSink;
  const { deliver, close } = value as Readonly<Record<string, unknown>>;
  if (typeof deliver !== 'function') throw optionError(`${option}.deliver`, 'a function', deliver);
  readFunction(close, `${option}.close`);
  checkCount(sink.batch, `${option}.batch`, mostInBatch);
  checkCount(sink.timeout, `${option}.timeout`, longestTimeout);
  return sink;
}

function checkCount(value: unknown, option: string, most: number): void {
  if (value === undefined) return;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > most) {
    throw optionError(option, `a whole number from 1 to ${most}`, value);
  }
}
