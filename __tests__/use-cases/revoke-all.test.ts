import { rejectionOf } from '../fixtures/refusal-of';
import { listenTo, namesOf, renewed, SessionBench, type SignedIn, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('ending all sessions of a user on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  const three = async (sessions = bench.open()): Promise<[SignedIn, SignedIn, SignedIn]> => {
    const userId = bench.newUser();
    const made = [] as SignedIn[];
    for (let count = 0; count < 3; count++) made.push(await signedIn(sessions, { userId }));
    return made as [SignedIn, SignedIn, SignedIn];
  };

  test('A30 A33 kills every token of every session at once, in one round trip, and nobody else’s', async () => {
    const sessions = bench.open();
    const made = await three();
    const stranger = await signedIn(sessions);
    const { userId } = made[0];
    const calls = await bench.store.callsDuring(async () => {
      expect(await sessions.revokeAll(userId)).toEqual({
        status: 'ended',
        count: 3,
        durable: true,
        reissued: null,
      });
    });
    expect(calls).toEqual(['revokeAll']);
    for (const { tokens } of made) {
      expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'revoked', reason: 'revoked_all' });
      expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({ status: 'revoked' });
    }
    expect(await sessions.verify(stranger.tokens.accessToken)).toMatchObject({ status: 'active' });
    expect((await sessions.list(userId)).data).toEqual([]);
  });

  test('tells of it once, with the count, who and why', async () => {
    const sessions = bench.open();
    const [{ userId }] = await three();
    const heard = listenTo(sessions);
    const actor = { type: 'admin', id: 'root' } as const;
    await sessions.revokeAll(userId, { reason: 'account_closed', actor });
    expect(heard).toEqual([
      {
        name: 'sessions.ended',
        event: { userId, count: 3, reason: 'account_closed', actor, durable: true },
      },
    ]);
    expect((await sessions.history(userId)).data[0]).toMatchObject({
      event: 'sessions_revoked',
      sessionId: null,
      count: 3,
      reason: 'account_closed',
      actor,
    });
  });

  test('of a user without sessions ends none and still says so in the history', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    expect(await sessions.revokeAll(userId)).toMatchObject({ status: 'ended', count: 0 });
    expect((await sessions.history(userId)).data).toMatchObject([{ event: 'sessions_revoked', count: 0 }]);
  });

  test('A34 keeps the one that is excepted, with its tokens', async () => {
    const sessions = bench.open();
    const [kept, ...others] = await three();
    expect(await sessions.revokeAll(kept.userId, { except: kept.session.id })).toEqual({
      status: 'ended',
      count: 2,
      durable: true,
      reissued: null,
    });
    expect(await sessions.verify(kept.tokens.accessToken)).toMatchObject({ status: 'active' });
    for (const { tokens } of others) {
      expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'revoked' });
    }
    await renewed(sessions, kept.tokens.refreshToken);
  });

  test('A8 A34 re-keys the one that is kept in the same step where that is asked for', async () => {
    const sessions = bench.open();
    const [kept, other] = await three();
    bench.time.advance(1_000);
    const calls = await bench.store.callsDuring(async () => {
      const outcome = await sessions.revokeAll(kept.userId, { except: kept.session.id, reissue: true });
      expect(outcome).toMatchObject({
        count: 2,
        reissued: {
          session: { id: kept.session.id, current: true },
          tokens: { accessToken: expect.any(String) as string },
        },
      });
      const { tokens } = outcome.reissued!;
      expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
      expect(await sessions.refresh(tokens.refreshToken!)).toMatchObject({ status: 'rotated' });
    });
    expect(calls[0]).toBe('revokeAll');
    expect(await sessions.verify(kept.tokens.accessToken)).toMatchObject({ status: 'invalid' });
    expect(await sessions.refresh(kept.tokens.refreshToken)).toMatchObject({ status: 'invalid' });
    expect(await sessions.verify(other.tokens.accessToken)).toMatchObject({ status: 'revoked' });
  });

  test('re-keys a kept session without refresh tokens to one without', async () => {
    const sessions = bench.open({ lifetimes: { refreshToken: false } });
    const { userId, session, tokens } = await signedIn(sessions);
    const { reissued } = await sessions.revokeAll(userId, { except: session.id, reissue: true });
    expect(Object.keys(reissued!.tokens)).toEqual(['accessToken', 'accessExpiresAt']);
    expect(await sessions.verify(reissued!.tokens.accessToken)).toMatchObject({ status: 'active' });
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'invalid' });
  });

  test('has nothing to re-key where the excepted one is gone, is another user’s, or is none', async () => {
    const sessions = bench.open();
    const stranger = await signedIn(sessions);
    const [gone] = await three();
    await sessions.revoke(gone.session.id);
    for (const options of [{ except: gone.session.id }, { except: stranger.session.id }, {}]) {
      const [{ userId }] = await three();
      expect(await sessions.revokeAll(userId, { ...options, reissue: true })).toMatchObject({
        count: 3,
        reissued: null,
      });
    }
    expect(await sessions.verify(stranger.tokens.accessToken)).toMatchObject({ status: 'active' });
  });

  test('A37 ends no session that began after it, though it is sent again', async () => {
    const sessions = bench.open();
    const [{ userId }] = await three();
    let resend: () => Promise<unknown> = async () => undefined;
    bench.store.interceptNext('revokeAll', (proceed) => {
      resend = proceed;
      return proceed();
    });
    await sessions.revokeAll(userId);
    bench.time.advance(1);
    const startedAt = await sessions.now();
    const later = await signedIn(sessions, { userId, startedAt });
    await resend();
    expect(await sessions.verify(later.tokens.accessToken)).toMatchObject({ status: 'active' });
  });

  test('A32 is never said to have happened where the store did not answer', async () => {
    const sessions = bench.open();
    const [{ userId, tokens }] = await three();
    const heard = listenTo(sessions);
    bench.store.failNext('revokeAll');
    await expect(sessions.revokeAll(userId)).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(namesOf(heard)).toEqual([]);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
  });

  test.each([
    ['except', { except: 'mine' }],
    ['except', { except: '' }],
    ['except', { except: null }],
    ['reason', { reason: 'No!' }],
    ['actor', { actor: {} }],
  ])('with an impossible %s (%p) is refused and ends nothing', async (field, options) => {
    const sessions = bench.open();
    const { userId, session } = await signedIn(sessions);
    const error = await rejectionOf(sessions.revokeAll(userId, options as never));
    expect(error).toMatchObject({ code: 'request_invalid', field });
    expect(await sessions.get(session.id)).toBeDefined();
  });

  test('with a misspelt exception is refused, rather than ending all', async () => {
    const sessions = bench.open();
    const { userId, session } = await signedIn(sessions);
    const error = await rejectionOf(sessions.revokeAll(userId, { excpet: session.id } as never));
    expect(error.message).toContain("did you mean 'except'?");
    expect(await sessions.get(session.id)).toBeDefined();
    expect(await rejectionOf(sessions.revokeAll(''))).toMatchObject({ field: 'userId' });
  });
});

describe.each(storeKinds)('ending the sessions on untrusted devices on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  test('leaves the trusted ones and those excepted', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const trusted = await signedIn(sessions, { userId });
    const untrusted = await signedIn(sessions, { userId });
    const excepted = await signedIn(sessions, { userId });
    await sessions.update(trusted.session.id, { trusted: true });
    const heard = listenTo(sessions);
    expect(await sessions.revokeUntrusted(userId, { except: excepted.session.id })).toEqual({
      status: 'ended',
      count: 1,
      durable: true,
      reissued: null,
    });
    expect(heard).toMatchObject([{ name: 'sessions.ended', event: { count: 1, reason: 'untrusted' } }]);
    expect(await sessions.verify(untrusted.tokens.accessToken)).toMatchObject({
      status: 'revoked',
      reason: 'untrusted',
    });
    for (const { tokens } of [trusted, excepted]) {
      expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    }
  });

  test('leaves sign-ins on their way alone', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const startedAt = await sessions.now();
    bench.time.advance(1);
    await sessions.revokeUntrusted(userId);
    expect(await sessions.create({ userId, startedAt })).toMatchObject({ status: 'created' });
  });

  test('takes a reason and an actor, and fails where the store does', async () => {
    const sessions = bench.open();
    const { userId, tokens } = await signedIn(sessions);
    bench.store.failNext('revokeAll');
    await expect(sessions.revokeUntrusted(userId)).rejects.toMatchObject({ code: 'store_unavailable' });
    await sessions.revokeUntrusted(userId, { reason: 'risk', actor: { type: 'system' } });
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'revoked', reason: 'risk' });
    expect((await sessions.history(userId)).data[0]).toMatchObject({ actor: { type: 'system' }, reason: 'risk' });
  });
});
