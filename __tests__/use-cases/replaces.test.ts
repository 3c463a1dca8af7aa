import { listenTo, namesOf, renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('a sign-in that takes over from another session, on $name', (kind) => {
  let bench: SessionBench;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());

  test.each(['accessToken', 'refreshToken'] as const)(
    'A8 ends it in the same step where it is of the same user, known by its %s',
    async (name) => {
      const sessions = bench.open();
      const old = await signedIn(sessions);
      const heard = listenTo(sessions);
      const calls = await bench.store.callsDuring(async () => {
        const outcome = await sessions.create({ userId: old.userId, replaces: [old.tokens[name]] });
        expect(outcome).toMatchObject({
          status: 'created',
          ended: [{ id: old.session.id, reason: 'replaced', endedAt: new Date(bench.time.now()).toISOString() }],
        });
      });
      expect(calls).toEqual(['create']);
      expect(namesOf(heard)).toEqual(['session.created', 'session.ended']);
      expect(heard[1]!.event).toMatchObject({ session: { id: old.session.id }, reason: 'replaced' });
      expect(await sessions.verify(old.tokens.accessToken)).toMatchObject({
        status: 'revoked',
        reason: 'replaced',
      });
      expect(await sessions.refresh(old.tokens.refreshToken)).toMatchObject({ status: 'revoked' });
    },
  );

  test('ends it once where both of its tokens came, and writes one entry of it', async () => {
    const sessions = bench.open();
    const old = await signedIn(sessions);
    const heard = listenTo(sessions);
    const { accessToken, refreshToken } = old.tokens;
    const outcome = await sessions.create({ userId: old.userId, replaces: [accessToken, refreshToken] });
    expect(outcome).toMatchObject({ ended: [{ id: old.session.id }] });
    expect(namesOf(heard)).toEqual(['session.created', 'session.ended']);
    const { data } = await sessions.history(old.userId);
    expect(data.map(({ event }) => event).sort()).toEqual([
      'session_created',
      'session_created',
      'session_revoked',
    ]);
    expect(data.find(({ event }) => event === 'session_revoked')).toMatchObject({ reason: 'replaced' });
  });

  test('ends it by a token that rotation replaced', async () => {
    const sessions = bench.open();
    const old = await signedIn(sessions);
    await renewed(sessions, old.tokens.refreshToken);
    bench.time.advance(minute);
    const outcome = await sessions.create({ userId: old.userId, replaces: [old.tokens.refreshToken] });
    expect(outcome).toMatchObject({ ended: [{ id: old.session.id }] });
  });

  test('ends it by an older refresh token right after', async () => {
    const sessions = bench.open();
    const old = await signedIn(sessions);
    const second = await renewed(sessions, old.tokens.refreshToken);
    const third = await renewed(sessions, second.refreshToken);
    const outcome = await sessions.create({ userId: old.userId, replaces: [old.tokens.refreshToken] });
    expect(outcome).toMatchObject({ status: 'created', ended: [] });
    expect(await sessions.verify(third.accessToken)).toMatchObject({ status: 'revoked', reason: 'replaced' });
  });

  test('ends it right after where it is of another user', async () => {
    const sessions = bench.open();
    const old = await signedIn(sessions);
    const heard = listenTo(sessions);
    const next = await signedIn(sessions, { replaces: [old.tokens.accessToken, old.tokens.refreshToken] });
    expect(next.userId).not.toBe(old.userId);
    expect(await sessions.verify(old.tokens.accessToken)).toMatchObject({ status: 'revoked', reason: 'replaced' });
    expect(namesOf(heard)).toEqual(['session.created', 'session.ended']);
    expect((await sessions.history(old.userId)).data[0]).toMatchObject({
      event: 'session_revoked',
      reason: 'replaced',
      sessionId: old.session.id,
    });
  });

  test('stands where the other user’s session cannot be ended now, and tells of it', async () => {
    const sessions = bench.open();
    const old = await signedIn(sessions);
    const heard = listenTo(sessions);
    bench.store.failNext('revoke');
    const next = await signedIn(sessions, { replaces: [old.tokens.accessToken] });
    expect(await sessions.verify(next.tokens.accessToken)).toMatchObject({ status: 'active' });
    expect(heard.at(-1)).toMatchObject({
      name: 'background.failed',
      event: { operation: 'revoke', final: true, error: { code: 'store_unavailable' } },
    });
  });

  test('A29 ends nothing by a token that is forged, malformed or of no session', async () => {
    const sessions = bench.open();
    const old = await signedIn(sessions);
    const stranger = await signedIn(bench.open());
    await sessions.revoke(stranger.session.id);
    const forged = old.tokens.accessToken.slice(0, 30) + stranger.tokens.accessToken.slice(30);
    const outcome = await sessions.create({
      userId: old.userId,
      replaces: [forged, 'sat_', '', 'x'.repeat(100_000), stranger.tokens.refreshToken],
    });
    expect(outcome).toMatchObject({ status: 'created', ended: [] });
    expect(await sessions.verify(old.tokens.accessToken)).toMatchObject({ status: 'active' });
  });

  test('ends nothing where it is refused as stale', async () => {
    const sessions = bench.open();
    const startedAt = await sessions.now();
    bench.time.advance(1);
    const { userId } = await signedIn(sessions);
    await sessions.revokeAll(userId);
    bench.time.advance(1);
    const kept = await signedIn(sessions, { userId });
    const outcome = await sessions.create({ userId, startedAt, replaces: [kept.tokens.accessToken] });
    expect(outcome.status).toBe('stale-sign-in');
    expect(await sessions.verify(kept.tokens.accessToken)).toMatchObject({ status: 'active' });
  });
});
