import { readAccessToken } from '../../lib/tokens/access-token';
import { forgedAccessTokens } from '../fixtures/forged-tokens';
import { laptop, renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('introspection on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  const seconds = (milliseconds = 0): number => Math.floor((bench.time.now() + milliseconds) / 1000);

  test('A9 of an access token gives the members of RFC 7662', async () => {
    const sessions = bench.open();
    const { tokens, session, userId } = await signedIn(sessions, {
      scope: ['read', 'write'],
      methods: ['pwd', 'otp'],
      applicationId: 'web',
      authenticatedAt: bench.time.now() - minute,
    });
    expect(await sessions.introspect(tokens.accessToken)).toEqual({
      active: true,
      token_type: 'access_token',
      sub: userId,
      client_id: 'web',
      sid: session.id,
      scope: 'read write',
      exp: seconds(15 * minute),
      iat: seconds(),
      auth_time: seconds(-minute),
      amr: ['pwd', 'otp'],
    });
  });

  test('leaves out what there is none of', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    const { accessToken } = tokens;
    expect(Object.keys(await sessions.introspect(accessToken)).sort()).toEqual(
      ['active', 'token_type', 'sub', 'client_id', 'sid', 'exp', 'iat', 'auth_time'].sort(),
    );
  });

  test('of a refresh token tells when that runs out, not the access token', async () => {
    const sessions = bench.open({ lifetimes: { accessToken: '1h' } });
    const { tokens } = await signedIn(sessions, { lifetimes: { refreshToken: '30m' } });
    bench.time.advance(1_500);
    expect(await sessions.introspect(tokens.refreshToken)).toMatchObject({
      active: true,
      token_type: 'refresh_token',
      exp: seconds(30 * minute - 1_500),
      iat: seconds(-1_500),
    });
    expect(await sessions.introspect(tokens.accessToken)).toMatchObject({ exp: seconds(60 * minute - 1_500) });
  });

  test('tells of the nearest of all limits', async () => {
    const sessions = bench.open({ lifetimes: { idle: '5m' } });
    const { tokens } = await signedIn(sessions);
    for (const token of [tokens.accessToken, tokens.refreshToken]) {
      expect(await sessions.introspect(token)).toMatchObject({ exp: seconds(5 * minute) });
    }
  });

  test('of the access token that rotation replaced tells how long it is still honoured, and no time of issue', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    await renewed(sessions, tokens.refreshToken);
    const told = await sessions.introspect(tokens.accessToken);
    expect(told).toMatchObject({ active: true, exp: seconds(10_000) });
    expect(told).not.toHaveProperty('iat');
  });

  test('A9 says active: false and no more of unknown, forged, spent, expired and ended ones', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    const stranger = await signedIn(sessions);
    const spent = tokens.refreshToken;
    const current = await renewed(sessions, spent);
    await sessions.revoke(stranger.session.id);
    const [forged] = forgedAccessTokens(current.accessToken, 1);
    const dead = [stranger.tokens.accessToken, stranger.tokens.refreshToken, spent, forged!, '', 'sat_', 'x'];
    for (const token of dead) expect(await sessions.introspect(token)).toEqual({ active: false });
    expect(await sessions.introspect(undefined as never)).toEqual({ active: false });
    bench.time.advance(23 * minute);
    for (const token of [current.accessToken, current.refreshToken]) {
      expect(await sessions.introspect(token)).toEqual({ active: false });
    }
    expect(readAccessToken(forged)).toBeDefined();
  });

  test('never counts as use and confirms nothing, in one round trip', async () => {
    const sessions = bench.open();
    const { tokens, session } = await signedIn(sessions);
    const next = await renewed(sessions, tokens.refreshToken);
    bench.time.advance(5 * minute);
    const calls = await bench.store.callsDuring(async () => {
      await sessions.introspect(next.accessToken);
      await sessions.introspect(next.refreshToken);
      await sessions.flush();
    });
    expect(calls).toEqual(['find', 'find']);
    expect(await sessions.get(session.id)).toMatchObject({ lastSeenAt: session.lastSeenAt });
    expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject({ status: 'repeated' });
  });

  test('adds what the app claims of the session, also in its own time', async () => {
    const claims = jest.fn(async ({ userId }: { userId: string }) => ({ roles: ['admin'], name: userId }));
    const sessions = bench.open({ claims });
    const { tokens, session, userId } = await signedIn(sessions);
    expect(await sessions.introspect(tokens.accessToken)).toMatchObject({ roles: ['admin'], name: userId });
    expect(claims).toHaveBeenCalledWith({ ...session, current: false });
  });

  test('A9 lets no claim override what we say, and asks for none where the token is dead', async () => {
    const claims = jest.fn(() => ({
      active: false,
      sub: 'root',
      sid: '1',
      exp: 0,
      client_id: 'x',
      token_type: 'y',
    }));
    const sessions = bench.open({ claims });
    const { tokens, session, userId } = await signedIn(sessions);
    expect(await sessions.introspect(tokens.accessToken)).toMatchObject({
      active: true,
      sub: userId,
      sid: session.id,
      exp: seconds(15 * minute),
      client_id: 'default',
      token_type: 'access_token',
    });
    claims.mockClear();
    await sessions.revoke(session.id);
    expect(await sessions.introspect(tokens.accessToken)).toEqual({ active: false });
    expect(claims).not.toHaveBeenCalled();
  });
});
