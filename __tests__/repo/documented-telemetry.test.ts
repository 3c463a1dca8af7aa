import type { SessionEvents, SessionEventName } from '../../lib/events/catalogue';
import { Emitter } from '../../lib/events/emitter';
import { countEvents } from '../../lib/telemetry/count-events';
import { type openInstruments } from '../../lib/telemetry/instruments';
import { Measurements } from '../../lib/telemetry/measurements';
import { Operation } from '../../lib/telemetry/operation';
import { untold } from '../../lib/telemetry/untold';
import { rowsOf } from './markdown-table';

interface Instrument {
  readonly kind: string;
  readonly unit: string;
  readonly attributes: Set<string>;
}

const rows = rowsOf('docs/telemetry.md');

/** A meter that notes what is asked of it. */
function notingMeter(): {
  readonly meter: Parameters<typeof openInstruments>[0];
  readonly noted: Map<string, Instrument>;
} {
  const noted = new Map<string, Instrument>();
  const note =
    (kind: string) =>
    (name: string, { unit }: { readonly unit: string }) => {
      const attributes = new Set<string>();
      noted.set(name, { kind, unit, attributes });
      const hear = (_value: number, labels: Record<string, string> = {}): void => {
        for (const label of Object.keys(labels)) attributes.add(label);
      };
      return { add: hear, record: hear };
    };
  const meter = {
    createCounter: note('counter'),
    createUpDownCounter: note('up-down counter'),
    createHistogram: note('histogram'),
  };
  return { meter, noted };
}

test('docs/telemetry.md lists every metric with its kind, its unit and its attributes, and no other', async () => {
  const { meter, noted } = notingMeter();
  const measurements = new Measurements(() => meter);
  const verify = new Operation('verify', { tracer: undefined, measurements, store: 'memory' });
  await verify.run(() => Promise.resolve({ status: 'active' }), {}, []);
  await (verify.run(() => Promise.reject(new Error()), {}, []) as Promise<unknown>).catch(() => undefined);
  const events = new Emitter();
  countEvents(events, measurements);
  const emit = (name: SessionEventName, event: object): void =>
    events.emit(name, event as SessionEvents[typeof name]);
  emit('session.created', {});
  emit('session.ended', { reason: 'signed_out' });
  emit('token.reused', {});
  emit('account.locked', { scope: 'account', status: 'suspended' });
  emit('background.failed', { operation: 'touch' });
  measurements.tell();

  const known = [...noted].map(([name, { kind, unit, attributes }]) => [name, kind, unit, [...attributes].sort()]);
  const documented = rows
    .filter((cells) => cells.length === 5)
    .map(([name, kind, unit, attributes]) => [
      ...[name, kind, unit],
      (attributes!.match(/(sessionkeeper|error)[.\w]+/g) ?? []).sort(),
    ]);
  expect(documented.sort()).toEqual(known.sort());
});

test('docs/telemetry.md lists every attribute of a span', () => {
  const seen = new Set<string>();
  const span = {
    setAttribute: (name: string) => seen.add(name),
    setStatus: () => undefined,
    recordException: () => undefined,
    end: () => undefined,
  };
  const tracer = {
    startActiveSpan<Result>(_name: string, { attributes = {} }, run: (active: typeof span) => Result): Result {
      for (const name of Object.keys(attributes)) seen.add(name);
      return run(span);
    },
  };
  const operation = new Operation('verify', { tracer, measurements: undefined, store: 'memory' });
  operation.run(() => ({ status: 'active' }), {}, []);
  expect(() => operation.run(() => JSON.parse('{') as unknown, {}, [])).toThrow(SyntaxError);
  const documented = rows.filter(([name, ...rest]) => rest.length === 1 && /^(sessionkeeper|error)\./.test(name!));
  expect(documented.map(([name]) => name).sort()).toEqual([...seen].sort());
});

test('docs/telemetry.md lists the methods without a span, and why', () => {
  const documented = rows.filter(([name, ...rest]) => rest.length === 1 && !/^(sessionkeeper|error)\./.test(name!));
  expect(documented.sort()).toEqual([...untold].sort());
});
