import { forgedAccessTokens, forgedRefreshToken, guessedFamily, guessedSecret } from '../fixtures/forged-tokens';
import { rejectionOf } from '../fixtures/refusal-of';
import { laptop, listenTo, namesOf, renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('ending by a token on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  describe('its whole session', () => {
    test.each(['accessToken', 'refreshToken'] as const)('A30 %s', async (name) => {
      const sessions = bench.open();
      const { tokens, session, userId } = await signedIn(sessions);
      const heard = listenTo(sessions);
      const calls = await bench.store.callsDuring(async () => {
        expect(await sessions.revokeToken(tokens[name])).toMatchObject({
          status: 'ended',
          durable: true,
          session: { id: session.id, reason: 'token_revoked' },
        });
      });
      expect(calls).toEqual(['find', 'revoke']);
      expect(await sessions.verify(tokens.accessToken)).toMatchObject({
        status: 'revoked',
        reason: 'token_revoked',
      });
      expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({ status: 'revoked' });
      expect(namesOf(heard)).toEqual(['session.ended']);
      expect((await sessions.history(userId)).data[0]).toMatchObject({ event: 'session_revoked' });
    });

    test('by an access token that has run out, as long as a refresh token lives', async () => {
      const sessions = bench.open();
      const { tokens } = await signedIn(sessions);
      bench.time.advance(16 * minute);
      expect(await sessions.revokeToken(tokens.accessToken)).toMatchObject({ status: 'ended' });
      expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({ status: 'revoked' });
    });

    test('by any refresh token of the family, however old, and by the access token that was replaced last', async () => {
      const sessions = bench.open();
      for (const name of ['refreshToken', 'accessToken'] as const) {
        const { tokens } = await signedIn(sessions);
        const second = await renewed(sessions, tokens.refreshToken);
        const third = await renewed(sessions, second.refreshToken);
        const old = name === 'refreshToken' ? tokens : second;
        expect(await sessions.revokeToken(old[name])).toMatchObject({ status: 'ended' });
        expect(await sessions.verify(third.accessToken)).toMatchObject({ status: 'revoked' });
      }
    });

    test('A31 again, and of a session that was ended otherwise, is no failure: the first reason stands', async () => {
      const sessions = bench.open();
      const { tokens, session } = await signedIn(sessions);
      await sessions.revoke(session.id, { reason: 'risk' });
      const heard = listenTo(sessions);
      for (const token of [tokens.accessToken, tokens.refreshToken]) {
        expect(await sessions.revokeToken(token)).toMatchObject({
          status: 'ended',
          durable: true,
          session: { reason: 'risk' },
        });
      }
      expect(heard).toEqual([]);
    });

    test('with a reason and an actor', async () => {
      const sessions = bench.open();
      const { tokens, userId } = await signedIn(sessions);
      await sessions.revokeToken(tokens.accessToken, { reason: 'signed_out', actor: { type: 'admin', id: '7' } });
      expect((await sessions.history(userId)).data[0]).toMatchObject({
        reason: 'signed_out',
        actor: { type: 'admin', id: '7' },
      });
    });

    test('A29 is not-found, and ends nothing, by a forged, unknown, malformed or expired one', async () => {
      const sessions = bench.open();
      const { tokens } = await signedIn(sessions);
      const expired = await signedIn(sessions, { lifetimes: { absolute: '1m' } });
      bench.time.advance(minute);
      const [forged] = forgedAccessTokens(tokens.accessToken, 1);
      const family = forgedRefreshToken(tokens.refreshToken, { family: guessedFamily() });
      const unknown = new SessionBench(kind);
      const stranger = await signedIn(unknown.open());
      await unknown.close();
      for (const token of [forged!, family, stranger.tokens.accessToken, expired.tokens.accessToken, '', 'sat_']) {
        expect(await sessions.revokeToken(token)).toEqual({ status: 'not-found' });
      }
      expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
      expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({ status: 'rotated' });
    });

    test('is not-found where the session was given another family meanwhile: the token is nobody’s any more', async () => {
      const sessions = bench.open();
      const { tokens, session } = await signedIn(sessions);
      bench.store.interceptNext('revoke', async (proceed) => {
        await sessions.reissue(session.id);
        return proceed();
      });
      expect(await sessions.revokeToken(tokens.accessToken)).toEqual({ status: 'not-found' });
      expect(await sessions.get(session.id)).toBeDefined();
    });
  });

  describe('only that token', () => {
    const scope = 'token';

    test('an access token is dead, the session lives on and can be renewed', async () => {
      const sessions = bench.open();
      const { tokens, session, userId } = await signedIn(sessions);
      const heard = listenTo(sessions);
      bench.time.advance(1);
      const calls = await bench.store.callsDuring(async () => {
        expect(await sessions.revokeToken(tokens.accessToken, { scope })).toMatchObject({
          status: 'ended',
          durable: true,
          session: { id: session.id },
        });
      });
      expect(calls).toEqual(['find', 'retire']);
      expect(await sessions.verify(tokens.accessToken)).toMatchObject({
        status: 'expired',
        error: { code: 'token_expired' },
      });
      expect(heard).toMatchObject([
        { name: 'token.revoked', event: { kind: 'access', session: { id: session.id } } },
      ]);
      expect((await sessions.history(userId)).data[0]).toMatchObject({
        event: 'token_revoked',
        reason: 'token_revoked',
        sessionId: session.id,
      });
      const next = await renewed(sessions, tokens.refreshToken);
      expect(await sessions.verify(next.accessToken)).toMatchObject({ status: 'active' });
    });

    test('the access token that rotation replaced is dead, the current one is not', async () => {
      const sessions = bench.open();
      const { tokens } = await signedIn(sessions);
      const next = await renewed(sessions, tokens.refreshToken);
      await sessions.revokeToken(tokens.accessToken, { scope });
      expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'expired' });
      expect(await sessions.verify(next.accessToken)).toMatchObject({ status: 'active' });
    });

    test('a refresh token and its parent answer token_revoked and no reuse; the access token lives out its time', async () => {
      const sessions = bench.open();
      const { tokens } = await signedIn(sessions);
      const next = await renewed(sessions, tokens.refreshToken);
      const heard = listenTo(sessions);
      await sessions.revokeToken(next.refreshToken, { scope });
      for (const { refreshToken } of [next, tokens]) {
        expect(await sessions.refresh(refreshToken, laptop)).toMatchObject({
          status: 'revoked',
          reason: 'token_revoked',
          error: { code: 'session_revoked', reason: 'token_revoked' },
        });
      }
      expect(heard).toMatchObject([{ name: 'token.revoked', event: { kind: 'refresh' } }]);
      bench.time.advance(15 * minute - 1);
      expect(await sessions.verify(next.accessToken)).toMatchObject({ status: 'active' });
      await sessions.flush();
      bench.time.advance(1);
      expect(await sessions.verify(next.accessToken)).toMatchObject({
        status: 'expired',
        error: { code: 'session_expired' },
      });
    });

    test('the parent of a refresh token takes its successor with it', async () => {
      const sessions = bench.open();
      const { tokens } = await signedIn(sessions);
      const next = await renewed(sessions, tokens.refreshToken);
      expect(await sessions.revokeToken(tokens.refreshToken, { scope })).toMatchObject({ status: 'ended' });
      expect(await sessions.refresh(next.refreshToken)).toMatchObject({
        status: 'revoked',
        reason: 'token_revoked',
      });
    });

    test('is all of the session where refresh tokens are off', async () => {
      const sessions = bench.open({ lifetimes: { refreshToken: false } });
      const { tokens } = await signedIn(sessions);
      expect(await sessions.revokeToken(tokens.accessToken, { scope })).toMatchObject({ status: 'ended' });
      expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'revoked' });
    });

    test('A29 is not-found by an older or a forged one, and harms nobody', async () => {
      const sessions = bench.open();
      const { tokens } = await signedIn(sessions);
      const second = await renewed(sessions, tokens.refreshToken);
      const third = await renewed(sessions, second.refreshToken);
      const forged = forgedRefreshToken(third.refreshToken, { secret: guessedSecret() });
      for (const token of [tokens.refreshToken, forged]) {
        expect(await sessions.revokeToken(token, { scope })).toEqual({ status: 'not-found' });
      }
      expect(await sessions.refresh(third.refreshToken)).toMatchObject({ status: 'rotated' });
    });

    test('A31 again is no failure', async () => {
      const sessions = bench.open();
      const { tokens } = await signedIn(sessions);
      for (let turn = 0; turn < 2; turn++) {
        expect(await sessions.revokeToken(tokens.refreshToken, { scope })).toMatchObject({ status: 'ended' });
      }
    });
  });

  test.each([
    ['scope', { scope: 'all' }],
    ['scope', { scope: null }],
    ['reason', { reason: 'No!' }],
    ['actor', { actor: { type: 'root' } }],
  ])('an impossible %s (%p) is refused and ends nothing', async (field, options) => {
    const sessions = bench.open();
    const { tokens, session } = await signedIn(sessions);
    const error = await rejectionOf(sessions.revokeToken(tokens.accessToken, options as never));
    expect(error).toMatchObject({ code: 'request_invalid', field });
    expect(await sessions.get(session.id)).toBeDefined();
  });

  test('an unknown option is refused', async () => {
    const error = await rejectionOf(bench.open().revokeToken('x', { scopes: 'token' } as never));
    expect(error.message).toBe("revokeToken.scopes: unknown option; did you mean 'scope'?");
  });
});
