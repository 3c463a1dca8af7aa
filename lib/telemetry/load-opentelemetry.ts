import { createRequire } from 'node:module';
import type * as OpenTelemetry from '@opentelemetry/api';
import { SessionError } from '../domain/error';

/** The API package, only where it is asked for: apps without telemetry install none. */
export function loadOpenTelemetry(): typeof OpenTelemetry {
  try {
    return createRequire(import.meta.url)('@opentelemetry/api') as typeof OpenTelemetry;
  } catch (cause) {
    throw new SessionError('options_invalid', {
      detail:
        "telemetry: needs the package '@opentelemetry/api', which is not installed: npm install @opentelemetry/api",
      cause,
    });
  }
}
