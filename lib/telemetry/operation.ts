import { performance } from 'node:perf_hooks';
import type { TelemetrySpan, TelemetryTracer } from '../options/telemetry';
import { errorType } from './error-type';
import { harmless } from './harmless';
import type { Count, Labels, Measurements } from './measurements';
import { outcomeOf } from './outcome';

/** SpanStatusCode.ERROR; the package that holds the word may not be installed. */
const errorStatus = 2;

type Method = (...args: unknown[]) => unknown;

/** Where the reports of one manager go. */
export interface Reports {
  readonly tracer: TelemetryTracer | undefined;
  readonly measurements: Measurements | undefined;
  /** What kind of store is under it. */
  readonly store: string;
}

/** How one operation ended: what its span says and what is counted. */
interface Ending {
  readonly labels: Labels;
  readonly count: Count;
}

/** One operation of the manager, told of each time it is called. */
export class Operation {
  readonly #reports: Reports;
  readonly #spanName: string;
  readonly #labels: Labels;
  readonly #isCheck: boolean;
  // As many as there are outcomes and error codes: both are closed lists.
  readonly #endings = new Map<string, Ending>();

  /** @param name - of the method, with its namespace: `verify`, `limits.set` */
  constructor(name: string, reports: Reports) {
    this.#reports = reports;
    this.#spanName = `sessionkeeper.${name}`;
    this.#labels = { 'sessionkeeper.operation': name, 'sessionkeeper.store': reports.store };
    this.#isCheck = name === 'verify';
  }

  /** Calls the method within a span, and gives what it gives: its very promise, or what it throws. */
  run(method: Method, target: object, args: unknown[]): unknown {
    const { tracer } = this.#reports;
    if (!tracer) return this.#measured(undefined, method, target, args);
    const call = { isMade: false };
    try {
      return tracer.startActiveSpan(this.#spanName, { attributes: this.#labels }, (span) => {
        call.isMade = true;
        return this.#measured(span, method, target, args);
      });
    } catch (error) {
      if (call.isMade) throw error;
      harmless(() => {
        throw error;
      });
      return this.#measured(undefined, method, target, args);
    }
  }

  /** One that was answered at once: counted, without a span or a duration. */
  tally(outcome: string): void {
    this.#reports.measurements?.tally(this.#ending('sessionkeeper.outcome', outcome).count);
  }

  #measured(span: TelemetrySpan | undefined, method: Method, target: object, args: unknown[]): unknown {
    const startedAt = performance.now();
    if (this.#isCheck) this.#reports.measurements?.add('activeChecks', 1);
    let answer: unknown;
    try {
      answer = method.apply(target, args);
    } catch (error) {
      this.#failed(span, startedAt, error);
      throw error;
    }
    if (answer instanceof Promise) {
      answer.then(
        (value) => this.#finished(span, startedAt, value),
        (error: unknown) => this.#failed(span, startedAt, error),
      );
    } else {
      this.#finished(span, startedAt, answer);
    }
    return answer;
  }

  #finished(span: TelemetrySpan | undefined, startedAt: number, answer: unknown): void {
    const outcome = outcomeOf(answer);
    this.#measure(startedAt, this.#ending('sessionkeeper.outcome', outcome));
    if (!span) return;
    harmless(() => {
      span.setAttribute('sessionkeeper.outcome', outcome);
      span.end();
    });
  }

  #failed(span: TelemetrySpan | undefined, startedAt: number, error: unknown): void {
    const type = errorType(error);
    this.#measure(startedAt, this.#ending('error.type', type));
    if (!span) return;
    harmless(() => {
      span.setAttribute('error.type', type);
      // Its name alone: a message or a stack may hold what the caller sent (A65).
      span.recordException({ name: type });
      span.setStatus({ code: errorStatus });
      span.end();
    });
  }

  #measure(startedAt: number, { labels, count }: Ending): void {
    const { measurements } = this.#reports;
    if (!measurements) return;
    if (this.#isCheck) measurements.add('activeChecks', -1);
    measurements.record((performance.now() - startedAt) / 1_000, labels);
    measurements.tally(count);
  }

  #ending(label: string, value: string): Ending {
    const key = `${label}=${value}`;
    const known = this.#endings.get(key);
    if (known) return known;
    const labels = { ...this.#labels, [label]: value };
    const ending: Ending = { labels, count: { counter: 'operations', labels, pending: 0 } };
    this.#endings.set(key, ending);
    return ending;
  }
}
