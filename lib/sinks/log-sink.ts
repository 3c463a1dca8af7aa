import { Console } from 'node:console';
import type { AuditSink } from '../domain/audit-sink';
import type { HistoryEntry } from '../domain/history-entry';
import { optionError, readFunction, refuseUnknown } from '../options/read-options';
import { inertJson } from './inert-json';

/** How loud a line is. */
export type LogLevel = 'info' | 'warn' | 'error';

/** A logger that takes an object and a message, as pino's do; or `console`. */
export type AuditLogger = Readonly<Record<LogLevel, (fields: object, message: string) => void>>;

/** How entries are logged. */
export interface LogSinkOptions {
  /** The sink's name; `log`. */
  readonly name?: string | undefined;
  /** How loud the line of an entry is; unless given, `info` where its outcome is a success and `warn` where it is a failure. */
  readonly level?: ((entry: HistoryEntry) => LogLevel) | undefined;
}

/**
 * Writes each entry of the audit to a log, as one line: the entry under `audit`, beside the message `audit <event>`. Text that came from
 * outside cannot end the line or colour it. Not durable: the process that made the change logs it.
 */
export function logSink(logger: AuditLogger | Console, options: LogSinkOptions = {}): AuditSink {
  const { name = 'log', level } = refuseUnknown(options, ['name', 'level'], 'logSink') as LogSinkOptions;
  for (const method of ['info', 'warn', 'error'] as const) {
    const given = (logger as Partial<AuditLogger> | undefined)?.[method];
    if (typeof given !== 'function') throw optionError(`logSink.${method}`, 'a function of the logger', given);
  }
  const levelOf = readFunction<(entry: HistoryEntry) => LogLevel>(level, 'logSink.level') ?? levelByOutcome;
  const write = isConsole(logger) ? lineTo(logger) : fieldsTo(logger);
  return Object.freeze({ name, durable: false, deliver: logEntries });

  // A logger that throws makes the delivery fail, which is told by event.
  async function logEntries(entries: readonly HistoryEntry[]): Promise<void> {
    for (const entry of entries) {
      write(levelOf(entry), inertJson(entry) as HistoryEntry);
    }
  }
}

type WriteEntry = (level: LogLevel, entry: HistoryEntry) => void;

function fieldsTo(logger: AuditLogger): WriteEntry {
  return (level, entry) => logger[level]({ audit: entry }, `audit ${entry.event}`);
}

/** `console` would spread an object over many lines. */
function lineTo(target: Console): WriteEntry {
  return (level, entry) => target[level](JSON.stringify({ level, message: `audit ${entry.event}`, audit: entry }));
}

function isConsole(logger: object): logger is Console {
  return logger === globalThis.console || logger instanceof Console;
}

function levelByOutcome({ outcome }: HistoryEntry): LogLevel {
  return outcome === 'failure' ? 'warn' : 'info';
}
