import type { SessionManager } from '../../lib/session-manager';
import { laptop, renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';
import { TelemetrySdk } from '../fixtures/telemetry-sdk';
import { waitUntil } from '../harness/wait-until';

describe.each(storeKinds)('on $name', (kind) => {
  let bench: SessionBench;
  let sdk: TelemetrySdk;
  beforeEach(() => {
    bench = new SessionBench(kind);
    sdk = new TelemetrySdk();
  });
  afterEach(async () => {
    await bench.close();
    await sdk.close();
  });

  const open = (options = {}): SessionManager => bench.open({ telemetry: { meter: sdk.meter }, ...options });
  const told = (name: string, expected: number, attributes?: Record<string, string>): Promise<void> =>
    waitUntil(`${name} ${JSON.stringify(attributes)} is ${expected}`, async () => {
      return (await sdk.sum(name, attributes)) === expected;
    });

  test('operations are counted by outcome and by fault, and how long they take', async () => {
    const sessions = open();
    const { tokens } = await signedIn(sessions);
    await sessions.verify(tokens.accessToken);
    await sessions.verify(tokens.accessToken);
    await sessions.verify('nonsense');
    bench.store.failNext('find');
    await sessions.verify(tokens.accessToken).catch(() => undefined);
    const verify = { 'sessionkeeper.operation': 'verify', 'sessionkeeper.store': kind.name };
    for (const name of ['sessionkeeper.operations', 'sessionkeeper.operation.duration']) {
      await told(name, 1, { 'sessionkeeper.operation': 'create', 'sessionkeeper.outcome': 'created' });
      await told(name, 2, { ...verify, 'sessionkeeper.outcome': 'active' });
      await told(name, 1, { ...verify, 'sessionkeeper.outcome': 'invalid' });
      await told(name, 1, { ...verify, 'error.type': 'store_unavailable' });
    }
    const durations = await sdk.points('sessionkeeper.operation.duration');
    for (const { value } of durations) {
      if (typeof value === 'number') throw new Error('a histogram has buckets');
      expect(value.sum).toBeGreaterThan(0);
      expect(value.sum).toBeLessThan(20);
      expect(value.buckets.boundaries.slice(0, 3)).toEqual([0.0001, 0.00025, 0.0005]);
    }
  });

  test('checks under way are counted up and down again, however they end', async () => {
    const sessions = open();
    const { tokens } = await signedIn(sessions);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const holding = (proceed: () => Promise<unknown>): Promise<unknown> => held.then(proceed);
    bench.store.interceptNext('find', holding);
    bench.store.interceptNext('find', holding);
    bench.store.interceptNext('find', () => held.then(() => Promise.reject(new Error('broken'))));
    const checks = Array.from({ length: 3 }, () => sessions.verify(tokens.accessToken).catch(() => undefined));
    expect(await sdk.sum('sessionkeeper.checks.active')).toBe(3);
    release();
    await Promise.all(checks);
    expect(await sdk.sum('sessionkeeper.checks.active')).toBe(0);
  });

  test('what the near cache answers is counted, also without a promise, and what it cannot', async () => {
    const sessions = open({ nearCache: { maxStale: '60s' } });
    const { tokens } = await signedIn(sessions);
    await waitUntil('the near cache serves', async () => {
      await sessions.verify(tokens.accessToken);
      return sessions.verifyFromCache(tokens.accessToken) !== undefined;
    });
    await sessions.flush();
    const before = { hits: 0, misses: 0, checks: 0 };
    await waitUntil('all is told', async () => {
      const now = {
        hits: await sdk.sum('sessionkeeper.cache.hits'),
        misses: await sdk.sum('sessionkeeper.cache.misses'),
        checks: await sdk.sum('sessionkeeper.operations', { 'sessionkeeper.operation': 'verify' }),
      };
      const isSettled = now.hits + now.misses === now.checks && now.hits > 0;
      Object.assign(before, now);
      return isSettled;
    });
    await waitUntil('it serves again', () => sessions.verifyFromCache('nonsense') === undefined);
    sessions.verifyFromCache(tokens.accessToken);
    sessions.verifyFromCache(tokens.accessToken);
    await sessions.verify(tokens.accessToken);
    await sessions.verify(tokens.accessToken, laptop, { fresh: true });
    await sessions.verify('nonsense');
    await told('sessionkeeper.cache.hits', before.hits + 3);
    await told('sessionkeeper.cache.misses', before.misses + 1);
    await told('sessionkeeper.operations', before.checks + 5, { 'sessionkeeper.operation': 'verify' });
  });

  test('sessions are counted as they begin and end, an app’s own reasons as one', async () => {
    const sessions = open();
    const { session, userId } = await signedIn(sessions);
    await signedIn(sessions, { userId });
    await signedIn(sessions, { userId });
    await sessions.revoke(session.id, { reason: 'alice_asked_for_it' });
    await sessions.revokeAll(userId, { reason: 'password_changed' });
    await told('sessionkeeper.sessions.created', 3, { 'sessionkeeper.kind': 'login' });
    await told('sessionkeeper.sessions.ended', 1, { 'sessionkeeper.reason': 'other' });
    await told('sessionkeeper.sessions.ended', 2, { 'sessionkeeper.reason': 'password_changed' });
    await sessions.impersonation.start({ actor: { id: 'root', scopes: ['impersonate'] }, userId, reason: 'help' });
    await told('sessionkeeper.sessions.created', 1, { 'sessionkeeper.kind': 'impersonation' });
  });

  test('reuse, locks and failures behind the back are counted', async () => {
    const sessions = open({ lockout: { maxFailuresPerPair: 1 } });
    const { tokens } = await signedIn(sessions);
    const second = await renewed(sessions, tokens.refreshToken);
    await renewed(sessions, second.refreshToken);
    bench.time.advance(60_000);
    await sessions.refresh(tokens.refreshToken);
    await told('sessionkeeper.token.reuses', 1);
    await told('sessionkeeper.sessions.ended', 1, { 'sessionkeeper.reason': 'token_reuse' });
    await sessions.lockout.recordFailure({ account: 'alice', client: laptop });
    await told('sessionkeeper.lockouts', 1, {
      'sessionkeeper.scope': 'address',
      'sessionkeeper.status': 'suspended',
    });
    const later = await signedIn(sessions);
    bench.time.advance(120_000);
    bench.store.failNext('touch', 3);
    await sessions.verify(later.tokens.accessToken);
    await sessions.flush().catch(() => undefined);
    await waitUntil('a failure is counted', async () => {
      return (await sdk.sum('sessionkeeper.background.failures', { 'sessionkeeper.operation': 'touch' })) > 0;
    });
  });

  test('what was tallied is told when the manager closes', async () => {
    const sessions = open();
    await signedIn(sessions);
    await sessions.close();
    expect(await sdk.sum('sessionkeeper.operations', { 'sessionkeeper.operation': 'create' })).toBe(1);
  });

  test('managers that share a meter add up', async () => {
    for (const sessions of [open(), open(), open()]) await signedIn(sessions);
    await told('sessionkeeper.operations', 3, { 'sessionkeeper.operation': 'create' });
    await told('sessionkeeper.sessions.created', 3);
  });
});

test('a meter that throws harms no operation, and the process is told once', async () => {
  const bench = new SessionBench(storeKinds[0]!);
  const failing = (): never => {
    throw new Error('alice');
  };
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation();
  const meter = { createCounter: failing, createUpDownCounter: failing, createHistogram: failing };
  const sessions = bench.open({ telemetry: { meter } });
  const { tokens } = await signedIn(sessions);
  expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
  expect(warned.mock.calls.map(([text]) => String(text))).toEqual([
    expect.not.stringContaining('alice') as unknown,
  ]);
  warned.mockRestore();
  await bench.close();
});
