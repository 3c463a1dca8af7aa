import { SessionManager } from '../../lib/session-manager';
import { MemoryStore } from '../../lib/stores/memory/memory-store';
import { methodsOf } from '../../lib/telemetry/methods';
import { TelemetrySdk } from '../fixtures/telemetry-sdk';

const owned = (sessions: SessionManager): string[] =>
  methodsOf(sessions)
    .filter(({ owner, name }) => Object.hasOwn(owner, name))
    .map(({ operation }) => operation);

test.each([undefined, false])('with telemetry %s every method is that of its class', async (telemetry) => {
  const store = new MemoryStore();
  const sessions = new SessionManager({ store, telemetry });
  expect(Object.hasOwn(sessions, 'verify')).toBe(false);
  expect(owned(sessions)).toEqual([]);
  await store.close();
});

test('with telemetry an inspection of the manager shows no more than without', async () => {
  const store = new MemoryStore();
  const sdk = new TelemetrySdk();
  const sessions = new SessionManager({ store, telemetry: { tracer: sdk.tracer } });
  expect(owned(sessions)).toContain('verify');
  expect(Object.keys(sessions)).toEqual(Object.keys(new SessionManager({ store })));
  expect(Object.keys(sessions.limits)).toEqual([]);
  expect([sessions.verify.name, sessions.limits.set.name]).toEqual(['verify', 'set']);
  await store.close();
  await sdk.close();
});
