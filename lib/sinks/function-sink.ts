import type { AuditSink, DeliveryResult } from '../domain/audit-sink';
import type { HistoryEntry } from '../domain/history-entry';
import { readFunction, refuseUnknown } from '../options/read-options';

/** What a function does with entries. */
export type DeliverFunction = (
  entries: readonly HistoryEntry[],
  signal: AbortSignal,
) => void | DeliveryResult | Promise<void | DeliveryResult>;

/** How a function is called with entries. */
export interface FunctionSinkOptions {
  /** Whether entries wait in the store until the function has taken them; false: they come from memory, and a crash loses some. */
  readonly durable?: boolean | undefined;
  /** How many entries one call is given at most: 1 to 100; 100. */
  readonly batch?: number | undefined;
  /** How long one call may take, in milliseconds; 15,000. */
  readonly timeout?: number | undefined;
}

/**
 * Calls a function of the app's with entries of the audit. What throws or rejects is tried again; what it returns may say which of the
 * entries did not arrive ({@link DeliveryResult}).
 */
export function functionSink(name: string, deliver: DeliverFunction, options: FunctionSinkOptions = {}): AuditSink {
  refuseUnknown(options, ['durable', 'batch', 'timeout'], `functionSink(${name})`);
  const call = readFunction<DeliverFunction>(deliver, `functionSink(${name})`)!;
  const { durable = false, batch, timeout } = options;
  return Object.freeze({ name, durable, batch, timeout, deliver: callFunction });

  async function callFunction(
    entries: readonly HistoryEntry[],
    signal: AbortSignal,
  ): Promise<void | DeliveryResult> {
    return call(entries, signal);
  }
}
