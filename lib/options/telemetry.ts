import { optionError, refuseUnknown } from './read-options';

/** What is used of a `Span` of `@opentelemetry/api`. */
export interface TelemetrySpan {
  /** Notes a fact about it. */
  setAttribute(key: string, value: string): unknown;
  /** Says that it failed. */
  setStatus(status: { readonly code: number }): unknown;
  /** Notes what was thrown. */
  recordException(exception: { readonly name: string }): void;
  /** Ends it, now. */
  end(): void;
}

/** What is used of a `Tracer` of `@opentelemetry/api`, which is one. */
export interface TelemetryTracer {
  /** Runs a function within a new span, a child of the active one. */
  startActiveSpan<Result>(
    name: string,
    options: { readonly attributes?: Record<string, string> },
    run: (span: TelemetrySpan) => Result,
  ): Result;
}

/** What is used of a `Counter` or `UpDownCounter` of `@opentelemetry/api`. */
export interface TelemetryCounter {
  /** Adds that much. */
  add(value: number, attributes?: Record<string, string>): void;
}

/** What is used of a `Histogram` of `@opentelemetry/api`. */
export interface TelemetryHistogram {
  /** Notes one value. */
  record(value: number, attributes?: Record<string, string>): void;
}

/** How a {@link TelemetryMeter} is asked for an instrument. */
export interface TelemetryInstrument {
  readonly description: string;
  /** As UCUM has it. */
  readonly unit: string;
  readonly advice?: { explicitBucketBoundaries?: number[] };
}

/** What is used of a `Meter` of `@opentelemetry/api`, which is one. */
export interface TelemetryMeter {
  /** What only grows. */
  createCounter(name: string, options: TelemetryInstrument): TelemetryCounter;
  /** What grows and shrinks. */
  createUpDownCounter(name: string, options: TelemetryInstrument): TelemetryCounter;
  /** How values are distributed. */
  createHistogram(name: string, options: TelemetryInstrument): TelemetryHistogram;
}

/** Where spans and measurements go; one left out, there are none of its kind. */
export interface TelemetryOptions {
  /** `trace.getTracer(…)` of `@opentelemetry/api`, or what is like it. */
  readonly tracer?: TelemetryTracer | undefined;
  /** `metrics.getMeter(…)` of `@opentelemetry/api`, or what is like it. */
  readonly meter?: TelemetryMeter | undefined;
}

/** {@link TelemetryOptions}, parsed; `'global'`: the tracer and the meter of the providers that are registered in this process. */
export type TelemetrySettings = 'global' | Readonly<TelemetryOptions>;

/** undefined: off. */
export function readTelemetry(input: unknown): TelemetrySettings | undefined {
  if (input === undefined || input === false) return undefined;
  if (input === true) return 'global';
  if (typeof input !== 'object' || input === null)
    throw optionError('telemetry', 'true, false or { tracer, meter }', input);
  const { tracer, meter } = refuseUnknown(input, ['tracer', 'meter'], 'telemetry');
  if (tracer === undefined && meter === undefined) {
    throw optionError('telemetry', 'a tracer, a meter or both; true takes those that are registered', input);
  }
  return Object.freeze({
    tracer: readMember<TelemetryTracer>(tracer, 'tracer', 'startActiveSpan'),
    meter: readMember<TelemetryMeter>(meter, 'meter', 'createHistogram'),
  });
}

function readMember<Member>(value: unknown, name: string, method: string): Member | undefined {
  if (value === undefined) return undefined;
  if (typeof (Object(value) as Readonly<Record<string, unknown>>)[method] !== 'function') {
    throw optionError(`telemetry.${name}`, `a ${name} of @opentelemetry/api`, value);
  }
  return value as Member;
}
