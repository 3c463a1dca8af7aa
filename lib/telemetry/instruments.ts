import type { TelemetryCounter, TelemetryHistogram, TelemetryMeter } from '../options/telemetry';

/** What is measured. `docs/telemetry.md` lists it. */
export interface Instruments {
  readonly duration: TelemetryHistogram;
  readonly operations: TelemetryCounter;
  readonly activeChecks: TelemetryCounter;
  readonly cacheHits: TelemetryCounter;
  readonly cacheMisses: TelemetryCounter;
  readonly lockouts: TelemetryCounter;
  readonly tokenReuses: TelemetryCounter;
  readonly sessionsCreated: TelemetryCounter;
  readonly sessionsEnded: TelemetryCounter;
  readonly backgroundFailures: TelemetryCounter;
}

// In seconds. A check takes a tenth of a millisecond from memory, one in the same data centre, a hundred on a bad day.
const buckets = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
] satisfies readonly number[];

export function openInstruments(meter: TelemetryMeter): Instruments {
  const counter = (name: string, unit: string, description: string): TelemetryCounter =>
    meter.createCounter(name, { unit, description });
  return {
    duration: meter.createHistogram('sessionkeeper.operation.duration', {
      unit: 's',
      description: 'Duration of operations',
      advice: { explicitBucketBoundaries: [...buckets] },
    }),
    operations: counter('sessionkeeper.operations', '{operation}', 'Operations, by outcome'),
    activeChecks: meter.createUpDownCounter('sessionkeeper.checks.active', {
      unit: '{check}',
      description: 'Checks of access tokens under way',
    }),
    cacheHits: counter('sessionkeeper.cache.hits', '{check}', 'Checks that the near cache answered'),
    cacheMisses: counter('sessionkeeper.cache.misses', '{check}', 'Checks that the near cache could not answer'),
    lockouts: counter('sessionkeeper.lockouts', '{lock}', 'Accounts locked after failed logins'),
    tokenReuses: counter('sessionkeeper.token.reuses', '{token}', 'Spent refresh tokens that came again'),
    sessionsCreated: counter('sessionkeeper.sessions.created', '{session}', 'Sessions begun'),
    sessionsEnded: counter('sessionkeeper.sessions.ended', '{session}', 'Sessions ended on purpose, by reason'),
    backgroundFailures: counter(
      'sessionkeeper.background.failures',
      '{failure}',
      "Failures of work behind a request's back",
    ),
  };
}
