import { SessionManager } from '../../lib/session-manager';
import { MemoryStore } from '../../lib/stores/memory/memory-store';
import { methodsOf } from '../../lib/telemetry/methods';
import { untold } from '../../lib/telemetry/untold';
import { TelemetrySdk } from '../fixtures/telemetry-sdk';

const store = new MemoryStore();
const sdk = new TelemetrySdk();
const sessions = new SessionManager({ store, telemetry: { tracer: sdk.tracer } });
const methods = methodsOf(sessions);

afterAll(async () => {
  await store.close();
  await sdk.close();
});

test('the methods of the manager and of all its namespaces are known', () => {
  expect(methods.map(({ operation }) => operation)).toEqual(
    expect.arrayContaining([
      ...['create', 'verify', 'refresh', 'revoke', 'revokeAll', 'list', 'history', 'flush', 'close'],
      ...['limits.set', 'limits.trim', 'lockout.check', 'lockout.unlock', 'oneTimeTokens.redeem'],
      ...['exchange.redeem', 'impersonation.start', 'access.record', 'fleet.endAll'],
    ]) as unknown,
  );
  const namespaces = Object.entries(sessions).filter(([name]) => name !== 'settings');
  for (const [name, namespace] of namespaces as [string, object][]) {
    const own = Object.getOwnPropertyNames(Object.getPrototypeOf(namespace)).filter((key) => key !== 'constructor');
    expect(methods.filter(({ owner }) => owner === namespace).map((method) => method.operation)).toEqual(
      own.map((method) => `${name}.${method}`),
    );
  }
});

test.each(methods.map(({ operation }) => operation))('%s has a span, or a reason why not', (operation) => {
  const { owner, name } = methods.find((method) => method.operation === operation)!;
  expect(Object.hasOwn(owner, name)).toBe(!untold.has(operation));
});

test('there is no reason for a method that does not exist', () => {
  const operations = methods.map(({ operation }) => operation);
  expect([...untold.keys()].filter((operation) => !operations.includes(operation))).toEqual([]);
});
