import { functionSink, type HistoryEntry } from '../../../lib';
import { MemoryStore } from '../../../lib/stores/memory';
import type { SessionManager } from '../../../lib/session-manager';
import { laptop, phone, renewed, SessionBench, signedIn } from '../../fixtures/session-bench';
import { storeKinds } from '../../fixtures/stores';
import { tellingStore } from '../../../lib/use-cases/relay/telling-store';

const unknownSubject = /^one_time_token_(redeemed|refused)$/;

describe.each(storeKinds)('told from memory, on $name', (kind) => {
  let bench: SessionBench;
  let told: HistoryEntry[];
  let sessions: SessionManager;

  beforeEach(() => {
    bench = new SessionBench(kind);
    told = [];
    const sink = functionSink('told', (entries) => void told.push(...entries));
    sessions = bench.open({ audit: { sinks: [sink] } });
  });

  afterEach(() => bench.close());

  /** What was told is what the history has, and nothing else. */
  async function expectAsInHistory(userId: string): Promise<HistoryEntry[]> {
    await sessions.audit.flush();
    const { data } = await sessions.history(userId, { limit: 100 });
    // Whoever redeems a token writes the entry before it is known whose that was.
    const known = data.map((entry) => (unknownSubject.test(entry.event) ? { ...entry, subject: null } : entry));
    expect([...told].sort(byId)).toEqual(known.sort(byId));
    expect(told.filter(({ subject, event }) => subject !== userId && !unknownSubject.test(event))).toEqual([]);
    return told;
  }

  test('A64 sign-in, change, forced rotation, revoked token and sign-out are told as the history has them', async () => {
    const { userId, session, tokens } = await signedIn(sessions);
    await sessions.update(session.id, { name: 'my laptop' });
    const reissued = await sessions.reissue(session.id);
    if (reissued.status !== 'reissued') throw new Error(reissued.status);
    await sessions.revokeToken(reissued.tokens.accessToken, { scope: 'token' });
    await sessions.revokeToken(reissued.tokens.accessToken, { scope: 'token' });
    await sessions.revoke(session.id);
    await sessions.revoke(session.id);
    expect((await sessions.verify(tokens.accessToken)).status).not.toBe('active');
    expect((await expectAsInHistory(userId)).map(({ event }) => event)).toEqual([
      'session_created',
      'session_updated',
      'session_reissued',
      'token_revoked',
      'token_revoked',
      'session_revoked',
    ]);
  });

  test('a repeated and a reused token are told once each', async () => {
    const { userId, tokens } = await signedIn(sessions);
    await renewed(sessions, tokens.refreshToken);
    bench.time.advance(1_000);
    await renewed(sessions, tokens.refreshToken);
    bench.time.advance(1_000);
    const next = await renewed(sessions, tokens.refreshToken);
    await renewed(sessions, next.refreshToken);
    bench.time.advance(60_000);
    await sessions.refresh(tokens.refreshToken, laptop);
    expect((await expectAsInHistory(userId)).map(({ event }) => event)).toEqual([
      'session_created',
      'token_repeated',
      'token_reused',
    ]);
  });

  test('those who make room for a sign-in are told by name, of many the others by their count', async () => {
    const { userId } = await signedIn(sessions);
    for (let index = 0; index < 24; index += 1) await signedIn(sessions, { userId });
    await signedIn(sessions, { userId, limit: { max: 1, onExceeded: 'evict-oldest' } });
    const evicted = (await expectAsInHistory(userId)).filter(({ event }) => event === 'session_evicted');
    expect(evicted).toHaveLength(21);
    expect(evicted.filter(({ count }) => count === 5)).toHaveLength(1);
    expect(new Set(evicted.map(({ sessionId }) => sessionId)).size).toBe(21);
  });

  test('a sign-in that is refused, and resumed', async () => {
    const limit = { max: 1, onExceeded: 'reject' } as const;
    const { userId, session } = await signedIn(sessions, { limit });
    const refused = await sessions.create({ userId, client: phone, limit });
    if (refused.status !== 'limit-reached') throw new Error(refused.status);
    await sessions.resolveLimit(refused.resolutionToken, session.id);
    const events = (await expectAsInHistory(userId)).map(({ event }) => event);
    expect(events).toContain('session_limit_reached');
    expect(events).toContain('session_evicted');
  });

  test('all sessions ended, limits set, one-time tokens used and refused', async () => {
    const { userId } = await signedIn(sessions);
    await sessions.revokeAll(userId);
    await sessions.revokeAll(userId);
    await sessions.limits.set(userId, 3);
    const purpose = 'registration';
    const { token } = await sessions.oneTimeTokens.issue({ purpose, lifetime: '1h', userId });
    await sessions.oneTimeTokens.redeem(token, { purpose });
    await sessions.oneTimeTokens.redeem(token, { purpose });
    const events = (await expectAsInHistory(userId)).map(({ event, count }) => [event, count]);
    expect(events).toEqual(
      expect.arrayContaining([
        ['sessions_revoked', 1],
        ['sessions_revoked', 0],
        ['session_limit_changed', 3],
        ['one_time_token_issued', null],
        ['one_time_token_redeemed', null],
        ['one_time_token_refused', null],
      ]),
    );
  });

  test('a lock and its end are told, of the account', async () => {
    const account = `${bench.newUser()}@example.com`;
    for (let index = 0; index < 10; index += 1) {
      bench.time.advance(3_600_000);
      await sessions.lockout.recordFailure({ account, client: phone });
    }
    await sessions.lockout.unlock(account);
    await sessions.audit.flush();
    const { data } = await sessions.lockout.history(account);
    expect([...told].sort(byId)).toEqual([...data].sort(byId));
    expect(told.map(({ event }) => event)).toContain('account_unlocked');
  });

  test('a lowered limit tells of all whom it ends by one entry, since nobody else knows who they are', async () => {
    const { userId } = await signedIn(sessions);
    await signedIn(sessions, { userId });
    await signedIn(sessions, { userId });
    await sessions.limits.set(userId, 1);
    await sessions.limits.trim(userId);
    await sessions.audit.flush();
    const evicted = told.filter(({ event }) => event === 'session_evicted');
    expect(evicted).toMatchObject([{ count: 2, sessionId: null, subject: userId }]);
  });

  test('what fails is not told, and a reply that was lost is told once it is known', async () => {
    const { session } = await signedIn(sessions);
    bench.store.failNext('revoke');
    await expect(sessions.revoke(session.id)).rejects.toThrow();
    await sessions.audit.flush();
    expect(told.map(({ event }) => event)).toEqual(['session_created']);
  });
});

test('without a sink use cases have the store itself', async () => {
  const bench = new SessionBench(storeKinds[0]!);
  const sessions = bench.open();
  const calls = await bench.store.callsDuring(() => signedIn(sessions));
  expect(calls).toEqual(['create']);
  await sessions.close();
});

test('the store under it keeps its own members, whoever asks for them', async () => {
  const store = new MemoryStore();
  const seen = tellingStore(store, () => undefined);
  expect(seen.deadlineMilliseconds).toBe(store.deadlineMilliseconds);
  // Methods are handed over once each: a caller may compare them.

  expect(seen.find).toBe(seen.find);
  await expect(seen.ping()).resolves.toBeUndefined();
});

function byId(one: HistoryEntry, other: HistoryEntry): number {
  return one.id < other.id ? -1 : 1;
}
