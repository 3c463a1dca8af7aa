import { mintApiSecret } from '../../../lib/tokens/api-secret';
import { mintOneTimeToken } from '../../../lib/tokens/one-time-token';
import { forgedAccessTokens } from '../../fixtures/forged-tokens';
import { listenTo, renewed, signedIn } from '../../fixtures/session-bench';
import { hour } from '../../fixtures/session-record';
import { frameworks } from '../fixtures/frameworks';
import { AdminBench } from './fixtures/admin-bench';

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

describe.each(frameworks)('POST /revoke on $name', (framework) => {
  let bench: AdminBench;
  beforeEach(() => (bench = new AdminBench({ framework })));
  afterEach(() => bench.sessions.close());

  const revoke = (token: string, more = '') =>
    bench.call('post', '/revoke', form).send(`token=${encodeURIComponent(token)}${more}`);

  test.each(['accessToken', 'refreshToken'] as const)(
    'A30 the %s ends its session, and both tokens',
    async (kind) => {
      const { tokens, session, userId } = await signedIn(bench.sessions);
      const { text, headers } = await revoke(tokens[kind]).expect(200);
      expect([text, headers['cache-control']]).toEqual(['', 'no-store']);
      expect((await bench.sessions.verify(tokens.accessToken)).status).toBe('revoked');
      expect((await bench.sessions.refresh(tokens.refreshToken)).status).toBe('revoked');
      const [entry] = (await bench.sessions.history(userId)).data;
      expect(entry).toMatchObject({
        event: 'session_revoked',
        actor: { type: 'admin', id: 'root' },
        reason: 'token_revoked',
        sessionId: session.id,
      });
    },
  );

  test('a hint that is wrong or unknown changes nothing', async () => {
    for (const hint of ['refresh_token', 'pin', '']) {
      const { tokens } = await signedIn(bench.sessions);
      await revoke(tokens.accessToken, `&token_type_hint=${hint}`).expect(200);
      expect((await bench.sessions.verify(tokens.accessToken)).status).toBe('revoked');
    }
  });

  test('an expired access token and a spent refresh token end the session too', async () => {
    const one = await signedIn(bench.sessions);
    const other = await signedIn(bench.sessions, { lifetimes: { accessToken: '1m' } });
    const next = await renewed(bench.sessions, one.tokens.refreshToken);
    bench.time.advance(2 * 60_000);
    await revoke(one.tokens.refreshToken).expect(200);
    await revoke(other.tokens.accessToken).expect(200);
    expect((await bench.sessions.verify(next.accessToken)).status).toBe('revoked');
    expect((await bench.sessions.refresh(other.tokens.refreshToken)).status).toBe('revoked');
  });

  test('A31 a second time, and what stands for nothing, is answered with the same bytes and ends nothing', async () => {
    const alive = await signedIn(bench.sessions);
    const gone = await signedIn(bench.sessions);
    const expired = await signedIn(bench.sessions, { lifetimes: { accessToken: '1m', refreshToken: '1m' } });
    bench.time.advance(hour / 12);
    const tokens = [
      gone.tokens.accessToken,
      gone.tokens.accessToken,
      gone.tokens.refreshToken,
      expired.tokens.accessToken,
      ...forgedAccessTokens(alive.tokens.accessToken, 3),
      mintOneTimeToken('0f8').token,
      mintApiSecret(),
      'nonsense',
      'x'.repeat(60_000),
    ];
    for (const token of tokens) {
      const answer = await revoke(token);
      expect([answer.status, answer.text]).toEqual([200, '']);
    }
    expect((await bench.sessions.verify(alive.tokens.accessToken)).status).toBe('active');
  });

  test('A32 a store that does not answer is 503 with Retry-After, never success (RFC 7009 section 2.2.1)', async () => {
    const { tokens } = await signedIn(bench.sessions);
    for (const verb of ['find', 'revoke', 'logAccess'] as const) {
      bench.store.failNext(verb);
      const answer = await revoke(tokens.accessToken).expect(503);
      expect(answer.body).toMatchObject({ error: 'temporarily_unavailable' });
      expect(answer.headers['retry-after']).toBe('1');
    }
  });

  test('what replicas did not confirm is 200 all the same, and the body says so', async () => {
    const { tokens } = await signedIn(bench.sessions);
    bench.store.interceptNext('revoke', async (proceed) => ({ ...((await proceed()) as object), durable: false }));
    const heard = listenTo(bench.sessions);
    const answer = await revoke(tokens.accessToken).expect(200);
    expect(answer.body).toEqual({ durable: false });
    expect(heard.map(({ name }) => name)).toContain('revocation.unconfirmed');
  });

  test('refuses in the words of RFC 6749, and takes its scope', async () => {
    const none = await bench.call('post', '/revoke', form).send('').expect(400);
    expect(none.body).toEqual({ error: 'invalid_request', error_description: 'token: expected the token.' });
    const { tokens } = await signedIn(bench.sessions);
    const token = `token=${tokens.accessToken}`;
    const narrow = await bench.callWithout('tokens:revoke', 'post', '/revoke').send(token).expect(403);
    expect(narrow.body).toMatchObject({ error: 'insufficient_scope' });
    expect((await bench.sessions.verify(tokens.accessToken)).status).toBe('active');
    await bench.callWith('tokens:revoke', 'post', '/revoke').send(token).expect(200);
    expect((await bench.sessions.verify(tokens.accessToken)).status).toBe('revoked');
  });

  test('the log tells whose session it ended', async () => {
    const { tokens, session, userId } = await signedIn(bench.sessions);
    await revoke(tokens.refreshToken);
    const [entry] = (await bench.sessions.access.history()).data;
    expect(entry).toMatchObject({ operation: 'revokeToken', userId, sessionId: session.id, status: 200 });
  });
});
