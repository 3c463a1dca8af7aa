import { warnProcess } from '../domain/process-warning';

let isTold = false;

/** Does what only telemetry needs. Where the app's tracer or meter throws, the operation goes on; the process is told of it once. */
export function harmless(tell: () => void): void {
  try {
    tell();
  } catch {
    if (isTold) return;
    isTold = true;
    // Without what was thrown: it came from elsewhere, and may hold anything.
    warnProcess('A tracer or meter of the option telemetry failed; operations go on without it.', {
      code: 'SESSIONKEEPER_TELEMETRY_FAILED',
    });
  }
}
