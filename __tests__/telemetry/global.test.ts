import { metrics, trace } from '@opentelemetry/api';
import { SessionManager } from '../../lib/session-manager';
import { MemoryStore } from '../../lib/stores/memory/memory-store';
import { signedIn } from '../fixtures/session-bench';
import { TelemetrySdk } from '../fixtures/telemetry-sdk';

test('true tells the providers of the process, also where the SDK was started after the manager was made', async () => {
  const store = new MemoryStore();
  const sessions = new SessionManager({ store, telemetry: true });
  const sdk = new TelemetrySdk();
  trace.setGlobalTracerProvider(sdk.tracerProvider);
  metrics.setGlobalMeterProvider(sdk.meterProvider);
  await signedIn(sessions);
  await sessions.close();
  expect(sdk.spans().map(({ name, instrumentationScope }) => [name, instrumentationScope.name])).toEqual([
    ['sessionkeeper.create', 'sessionkeeper'],
    ['sessionkeeper.close', 'sessionkeeper'],
  ]);
  expect(await sdk.sum('sessionkeeper.operations', { 'sessionkeeper.operation': 'create' })).toBe(1);
  expect(await sdk.sum('sessionkeeper.sessions.created')).toBe(1);
  trace.disable();
  metrics.disable();
  await sdk.close();
});

test('without an SDK everything works as it does without telemetry', async () => {
  const store = new MemoryStore();
  const sessions = new SessionManager({ store, telemetry: true, nearCache: {} });
  const { tokens } = await signedIn(sessions);
  expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
  expect(await sessions.verify('nonsense')).toMatchObject({ status: 'invalid' });
  await sessions.close();
});
