import { version } from '../../package.json';
import type { TelemetryMeter, TelemetrySettings, TelemetryTracer } from '../options/telemetry';
import { loadOpenTelemetry } from './load-opentelemetry';

/** Where spans and measurements go. */
export interface Telemetry {
  readonly tracer: TelemetryTracer | undefined;
  /** Asked at the first measurement: a meter of before the app's SDK was started measures nothing, for ever. */
  readonly openMeter: (() => TelemetryMeter) | undefined;
}

const scope = 'sessionkeeper';

/** @throws SessionError `options_invalid` where the API package is needed and not installed */
export function openTelemetry(settings: TelemetrySettings): Telemetry {
  if (settings !== 'global') {
    const { tracer, meter } = settings;
    return { tracer, openMeter: meter && (() => meter) };
  }
  const { trace, metrics } = loadOpenTelemetry();
  return { tracer: trace.getTracer(scope, version), openMeter: () => metrics.getMeter(scope, version) };
}
