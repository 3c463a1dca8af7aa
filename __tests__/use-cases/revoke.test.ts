import { rejectionOf } from '../fixtures/refusal-of';
import { listenTo, namesOf, renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { day, minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('ending one session on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  const iso = (): string => new Date(bench.time.now()).toISOString();

  test('A30 kills its access and refresh tokens for every process at once, in one round trip', async () => {
    const [sessions, other] = [bench.open(), bench.open()];
    const { session, tokens, userId } = await signedIn(sessions, { data: { a: 1 } });
    const bystander = await signedIn(sessions, { userId });
    const next = await renewed(sessions, tokens.refreshToken);
    const calls = await bench.store.callsDuring(async () => {
      const outcome = await sessions.revoke(session.id);
      expect(outcome).toMatchObject({
        status: 'ended',
        durable: true,
        session: { id: session.id, endedAt: iso(), reason: 'revoked', data: {} },
      });
    });
    expect(calls).toEqual(['revoke']);
    for (const { accessToken, refreshToken } of [tokens, next]) {
      expect(await other.verify(accessToken)).toMatchObject({ status: 'revoked', reason: 'revoked' });
      expect(await other.refresh(refreshToken)).toMatchObject({ status: 'revoked', reason: 'revoked' });
    }
    expect(await other.verify(bystander.tokens.accessToken)).toMatchObject({ status: 'active' });
  });

  test('A31 again changes nothing and is no failure: the first reason stands', async () => {
    const sessions = bench.open();
    const { session, userId } = await signedIn(sessions);
    const heard = listenTo(sessions);
    const first = await sessions.revoke(session.id, { reason: 'risk' });
    bench.time.advance(minute);
    expect(await sessions.revoke(session.id, { reason: 'admin' })).toEqual(first);
    expect(namesOf(heard)).toEqual(['session.ended']);
    expect((await sessions.history(userId)).data).toHaveLength(2);
  });

  test('tells who did it and why, in the event and in the history', async () => {
    const sessions = bench.open();
    const { session, userId } = await signedIn(sessions);
    const heard = listenTo(sessions);
    const actor = { type: 'admin', id: 'root' } as const;
    await sessions.revoke(session.id, { reason: 'risk', actor });
    expect(heard).toMatchObject([
      { name: 'session.ended', event: { session: { id: session.id, reason: 'risk' }, reason: 'risk', actor } },
    ]);
    expect((await sessions.history(userId)).data[0]).toMatchObject({
      event: 'session_revoked',
      sessionId: session.id,
      reason: 'risk',
      actor,
    });
  });

  test('without a reason or an actor, it was revoked by the user', async () => {
    const sessions = bench.open();
    const { session, userId } = await signedIn(sessions);
    await sessions.revoke(session.id);
    expect((await sessions.history(userId)).data[0]).toMatchObject({ reason: 'revoked', actor: { type: 'user' } });
  });

  test('A36 B22 is final: nothing afterwards brings the session back', async () => {
    const sessions = bench.open();
    const { session, tokens, userId } = await signedIn(sessions);
    await sessions.revoke(session.id);
    await sessions.refresh(tokens.refreshToken);
    await sessions.update(session.id, { name: 'x' });
    await sessions.updateAll(userId, { trusted: true });
    await sessions.reissue(session.id);
    await sessions.verify(tokens.accessToken);
    await sessions.flush();
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'revoked' });
    expect((await sessions.list(userId)).data).toEqual([]);
  });

  test('C-IDOR A72 of another user’s, an unknown, an expired session is not-found, all alike', async () => {
    const sessions = bench.open();
    const { session, tokens, userId } = await signedIn(sessions);
    const expired = await signedIn(sessions, { userId, lifetimes: { absolute: '1m' } });
    bench.time.advance(minute);
    for (const [id, owner] of [
      [session.id, bench.newUser()],
      [expired.session.id, userId],
      ['8f14e45f-ceea-467f-a8f0-000000000000', userId],
      [session.id.toUpperCase(), userId],
      ['', userId],
    ] as const) {
      expect(await sessions.revoke(id, { owner })).toEqual({ status: 'not-found' });
    }
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    expect(await sessions.revoke(session.id, { owner: userId })).toMatchObject({ status: 'ended' });
  });

  test('A32 is never said to have happened where the store did not answer', async () => {
    const sessions = bench.open();
    const { session, tokens } = await signedIn(sessions);
    const heard = listenTo(sessions);
    bench.store.failNext('revoke');
    await expect(sessions.revoke(session.id)).rejects.toMatchObject({ code: 'store_unavailable', status: 503 });
    expect(heard).toEqual([]);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
  });

  test('a token learns of it for as long as the tombstone stands, also past its own expiry', async () => {
    const sessions = bench.open();
    const { session, tokens } = await signedIn(sessions);
    await sessions.revoke(session.id);
    bench.time.advance(29 * day);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'revoked' });
    expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({ status: 'revoked' });
  });

  test.each([
    ['reason', { reason: 'Signed Out' }],
    ['reason', { reason: 'x'.repeat(33) }],
    ['reason', { reason: '' }],
    ['reason', { reason: 7 }],
    ['reason', { reason: 'a\nb' }],
    ['actor', { actor: { type: 'root' } }],
    ['actor', { actor: { type: 'admin', id: 'x'.repeat(129) } }],
    ['actor', { actor: { type: 'admin', id: 7 } }],
    ['actor', { actor: null }],
    ['actor', { actor: 'admin' }],
    ['owner', { owner: '' }],
    ['owner', { owner: undefined }],
  ])('with an impossible %s (%p) is refused and ends nothing', async (field, options) => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions);
    const error = await rejectionOf(sessions.revoke(session.id, options as never));
    expect(error).toMatchObject({ code: 'request_invalid', field });
    expect(await sessions.get(session.id)).toBeDefined();
  });

  test('with a misspelt owner is refused: it must not let anyone through', async () => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions);
    const error = await rejectionOf(sessions.revoke(session.id, { ownr: 'mallory' } as never));
    expect(error.message).toBe("revoke.ownr: unknown option; did you mean 'owner'?");
    expect(await sessions.get(session.id)).toBeDefined();
  });

  test('keeps of the actor what is known and no more', async () => {
    const sessions = bench.open();
    const { session, userId } = await signedIn(sessions);
    const actor = { type: 'admin', id: 'root', password: 'secret' } as const;
    await sessions.revoke(session.id, { actor });
    expect((await sessions.history(userId)).data[0]!.actor).toEqual({ type: 'admin', id: 'root' });
  });
});
