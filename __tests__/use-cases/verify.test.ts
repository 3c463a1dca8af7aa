import { forgedAccessTokens } from '../fixtures/forged-tokens';
import { laptop, listenTo, renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('an access token on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  const expired = (code: string): object => ({
    status: 'expired',
    error: expect.objectContaining({ code }) as object,
  });

  test('opens its session in one round trip', async () => {
    const sessions = bench.open();
    const { tokens, session } = await signedIn(sessions);
    const calls = await bench.store.callsDuring(async () => {
      expect(await sessions.verify(tokens.accessToken, laptop)).toEqual({
        status: 'active',
        session,
        expiresAt: tokens.accessExpiresAt,
        slid: false,
      });
      await sessions.flush();
    });
    expect(calls).toEqual(['find']);
  });

  test('A18 opens it until the last millisecond, then asks for a refresh, then for a sign-in', async () => {
    const sessions = bench.open({ lifetimes: { accessToken: '15m', refreshToken: '1h' } });
    const { accessToken } = (await signedIn(sessions)).tokens;
    bench.time.advance(15 * minute - 1);
    expect(await sessions.verify(accessToken)).toMatchObject({ status: 'active' });
    await sessions.flush();
    bench.time.advance(1);
    expect(await sessions.verify(accessToken)).toEqual(expired('token_expired'));
    bench.time.advance(45 * minute - 1);
    expect(await sessions.verify(accessToken)).toEqual(expired('token_expired'));
    bench.time.advance(1);
    expect(await sessions.verify(accessToken)).toEqual(expired('session_expired'));
  });

  test.each([
    ['idle', { idle: '2m' } as const],
    ['absolute', { absolute: '2m', rememberMe: '1m' } as const],
  ])('A18 A19 opens nothing past the %s limit', async (_, lifetimes) => {
    const sessions = bench.open({ lifetimes });
    const { accessToken } = (await signedIn(sessions)).tokens;
    bench.time.advance(2 * minute - 1);
    expect(await sessions.verify(accessToken, laptop, { slide: false })).toMatchObject({ status: 'active' });
    bench.time.advance(1);
    expect(await sessions.verify(accessToken)).toEqual(expired('session_expired'));
  });

  test('A3 A56 that is malformed, of another kind or of 1 MB costs no call to the store', async () => {
    const sessions = bench.open();
    const { accessToken, refreshToken } = (await signedIn(sessions)).tokens;
    const flipped = accessToken.slice(0, 20) + (accessToken[20] === 'A' ? 'B' : 'A') + accessToken.slice(21);
    const calls = await bench.store.callsDuring(async () => {
      const others = [refreshToken, flipped, accessToken.padEnd(1_000_000, 'A'), accessToken.slice(1), '', 'sat_'];
      for (const token of [...others, undefined, null, 7, {}, [accessToken]]) {
        expect(await sessions.verify(token as string)).toMatchObject({
          status: 'invalid',
          error: { code: 'token_invalid' },
        });
      }
    });
    expect(calls).toEqual([]);
  });

  test('A5 A29 that is forged but well formed is invalid, changes nothing and harms no session', async () => {
    const sessions = bench.open();
    const heard = listenTo(sessions);
    const { accessToken } = (await signedIn(sessions)).tokens;
    const calls = await bench.store.callsDuring(async () => {
      const guesses = forgedAccessTokens(accessToken, 1_000).map((forged) => sessions.verify(forged));
      expect(new Set((await Promise.all(guesses)).map(({ status }) => status))).toEqual(new Set(['invalid']));
    });
    expect(new Set(calls)).toEqual(new Set(['find']));
    expect(await sessions.verify(accessToken)).toMatchObject({ status: 'active' });
    expect(heard).toHaveLength(1);
  });

  test('that rotation replaced stays good until rotation + grace, the new one from the start', async () => {
    const sessions = bench.open({ rotation: { grace: '10s' } });
    const { tokens } = await signedIn(sessions);
    const next = await renewed(sessions, tokens.refreshToken);
    bench.time.advance(9_999);
    for (const { accessToken } of [tokens, next]) {
      expect(await sessions.verify(accessToken)).toMatchObject({ status: 'active' });
    }
    bench.time.advance(1);
    expect(await sessions.verify(tokens.accessToken)).toEqual(expired('token_expired'));
    expect(await sessions.verify(next.accessToken)).toMatchObject({ status: 'active' });
  });

  test('that rotation replaced does not outlive its own expiry', async () => {
    const sessions = bench.open({ lifetimes: { accessToken: '1m', refreshToken: '2m' } });
    const { tokens } = await signedIn(sessions);
    bench.time.advance(minute - 1);
    await renewed(sessions, tokens.refreshToken);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    bench.time.advance(1);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'expired' });
  });

  test('of two rotations ago is invalid', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    const second = await renewed(sessions, tokens.refreshToken);
    await renewed(sessions, second.refreshToken);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'invalid' });
  });

  test('says why its session was ended', async () => {
    const sessions = bench.open();
    const { tokens, session } = await signedIn(sessions);
    await sessions.revoke(session.id, { reason: 'risk' });
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({
      status: 'revoked',
      reason: 'risk',
      error: { code: 'session_revoked', reason: 'risk', status: 401 },
    });
  });

  test('B2 is a fault and no refusal while the store does not answer', async () => {
    const sessions = bench.open();
    const { accessToken } = (await signedIn(sessions)).tokens;
    bench.store.failNext('find');
    await expect(sessions.verify(accessToken)).rejects.toMatchObject({ code: 'store_unavailable', status: 503 });
    expect(await sessions.verify(accessToken)).toMatchObject({ status: 'active' });
  });

  test('of one tenant is invalid at another', async () => {
    const other = new SessionBench(kind);
    const { accessToken } = (await signedIn(bench.open())).tokens;
    expect(await other.open().verify(accessToken)).toMatchObject({ status: 'invalid' });
    await other.close();
  });
});
