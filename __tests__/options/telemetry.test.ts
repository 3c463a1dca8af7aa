import { readManagerOptions } from '../../lib/options/manager-options';
import { refusalOf } from '../fixtures/refusal-of';

const tracer = { startActiveSpan: jest.fn() };
const counter = { add: jest.fn() };
const meter = {
  createCounter: () => counter,
  createUpDownCounter: () => counter,
  createHistogram: () => ({ record: jest.fn() }),
};

test('telemetry is off unless it is asked for', () => {
  expect(readManagerOptions({}).telemetry).toBeUndefined();
  expect(readManagerOptions({ telemetry: false }).telemetry).toBeUndefined();
});

test('true takes what is registered in the process; a tracer, a meter or both are taken as they are', () => {
  expect(readManagerOptions({ telemetry: true }).telemetry).toBe('global');
  expect(readManagerOptions({ telemetry: { tracer } }).telemetry).toEqual({ tracer, meter: undefined });
  expect(readManagerOptions({ telemetry: { tracer, meter } }).telemetry).toEqual({ tracer, meter });
});

test.each([
  ['yes', "telemetry: expected true, false or { tracer, meter }, got 'yes'"],
  [null, 'telemetry: expected true, false or { tracer, meter }, got null'],
  [{}, 'telemetry: expected a tracer, a meter or both; true takes those that are registered, got an object'],
  [{ tracer: {} }, 'telemetry.tracer: expected a tracer of @opentelemetry/api, got an object'],
  [{ meter: tracer }, 'telemetry.meter: expected a meter of @opentelemetry/api, got an object'],
  [{ trace: tracer }, "telemetry.trace: unknown option; did you mean 'tracer'?"],
])('%j is refused, and why', (telemetry, detail) => {
  expect(refusalOf(() => readManagerOptions({ telemetry }))).toMatchObject({ code: 'options_invalid', detail });
});
