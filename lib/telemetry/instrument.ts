import type { Emitter } from '../events/emitter';
import { countEvents } from './count-events';
import { countChecks } from './count-checks';
import { Measurements } from './measurements';
import { type ManagerMethod, methodsOf } from './methods';
import type { Telemetry } from './open-telemetry';
import { Operation, type Reports } from './operation';
import { replaceMethod } from './replace-method';
import { untold } from './untold';

/** What telemetry takes of a manager's insides. */
export interface Instrumented {
  readonly events: Emitter;
  readonly settings: { readonly nearCache: object | undefined };
  readonly closing: AbortController;
}

/**
 * Puts spans and measurements around a manager's methods and those of its namespaces, on these objects alone: without telemetry
 * no call is any longer than it was.
 */
export function instrument(
  manager: object,
  { tracer, openMeter }: Telemetry,
  store: string,
  { events, settings: { nearCache }, closing }: Instrumented,
): void {
  const measurements = openMeter && new Measurements(openMeter);
  const reports: Reports = { tracer, measurements, store };
  if (measurements) {
    countEvents(events, measurements);
    // After that nothing is counted any more, but what was is told.
    closing.signal.addEventListener('abort', () => measurements.tell());
    if (nearCache) countChecks(manager, new Operation('verify', reports), measurements);
  }
  for (const method of methodsOf(manager)) if (!untold.has(method.operation)) tellOf(method, reports);
}

function tellOf({ owner, name, operation }: ManagerMethod, reports: Reports): void {
  const method = Reflect.get(owner, name) as (...args: unknown[]) => unknown;
  const told = new Operation(operation, reports);
  replaceMethod(owner, name, (...args) => told.run(method, owner, args));
}
