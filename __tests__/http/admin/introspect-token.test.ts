import { introspection } from '../../../lib/contract/introspection';
import { mintApiSecret } from '../../../lib/tokens/api-secret';
import { mintOneTimeToken } from '../../../lib/tokens/one-time-token';
import { forgedAccessTokens } from '../../fixtures/forged-tokens';
import { renewed, signedIn } from '../../fixtures/session-bench';
import { hour } from '../../fixtures/session-record';
import { frameworks } from '../fixtures/frameworks';
import { AdminBench } from './fixtures/admin-bench';

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

describe.each(frameworks)('POST /introspect on $name', (framework) => {
  let bench: AdminBench;
  beforeEach(() => {
    const claims = () => ({ roles: ['editor'] });
    bench = new AdminBench({ framework, options: { claims } });
  });
  afterEach(() => bench.sessions.close());

  const ask = (token: string, more = '') =>
    bench.call('post', '/introspect', form).send(`token=${encodeURIComponent(token)}${more}`);

  test('tells what a token stands for, whatever the hint says', async () => {
    const { tokens, session } = await signedIn(bench.sessions, { userId: 'alice', scope: ['read', 'write'] });
    for (const hint of [
      '',
      '&token_type_hint=access_token',
      '&token_type_hint=refresh_token',
      '&token_type_hint=pin',
    ]) {
      const access = await ask(tokens.accessToken, hint).expect(200);
      expect(introspection.parse(access.body)).toMatchObject({
        active: true,
        token_type: 'access_token',
        sub: 'alice',
        sid: session.id,
        scope: 'read write',
        roles: ['editor'],
      });
      expect(access.headers['content-type']).toBe('application/json; charset=utf-8');
      const refresh = await ask(tokens.refreshToken, hint).expect(200);
      expect(refresh.body).toMatchObject({ active: true, token_type: 'refresh_token', sid: session.id });
    }
    expect((await bench.sessions.get(session.id))?.lastSeenAt).toBe(session.lastSeenAt);
  });

  test('A9 A54 all that is not active answers with the same bytes', async () => {
    const ended = await signedIn(bench.sessions);
    await bench.sessions.revoke(ended.session.id);
    const spent = await signedIn(bench.sessions);
    await renewed(bench.sessions, spent.tokens.refreshToken);
    const expired = await signedIn(bench.sessions, { lifetimes: { accessToken: '1m', refreshToken: '1m' } });
    bench.time.advance(hour / 2);
    const unknown = await signedIn(new AdminBench().sessions);
    const tokens = {
      'revoked access': ended.tokens.accessToken,
      'revoked refresh': ended.tokens.refreshToken,
      spent: spent.tokens.refreshToken,
      'expired access': expired.tokens.accessToken,
      'expired refresh': expired.tokens.refreshToken,
      guessed: forgedAccessTokens(ended.tokens.accessToken, 1)[0]!,
      unknown: unknown.tokens.accessToken,
      mangled: `${ended.tokens.accessToken}x`,
      'no token of ours': 'eyJhbGciOiJIUzI1NiJ9.e30.x',
      'one-time': mintOneTimeToken('0f8').token,
      'API secret': mintApiSecret(),
      'line ends': 'a\r\nb',
      long: 'sat_'.padEnd(60_000, 'x'),
    };
    for (const [name, token] of Object.entries(tokens)) {
      const { status, text, headers } = await ask(token);
      expect([name, status, text]).toEqual([name, 200, '{"active":false}']);
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    }
  });

  test('A75 of a session that an administrator uses it tells who', async () => {
    const { body } = await bench
      .call('post', '/impersonations', { 'Content-Type': 'application/json' })
      .send({ userId: 'alice', reason: 'ticket 4711' })
      .expect(201);
    const { tokens } = body as { tokens: { accessToken: string } };
    const answer = await ask(tokens.accessToken).expect(200);
    expect(introspection.parse(answer.body)).toMatchObject({ active: true, sub: 'alice', act: { sub: 'root' } });
  });

  test('what OAuth clients add beside is passed over', async () => {
    const { tokens } = await signedIn(bench.sessions);
    const { body } = await ask(tokens.accessToken, '&client_id=api&__proto__=x&constructor=y&x').expect(200);
    expect(body).toMatchObject({ active: true });
  });

  test.each([
    ['', 'token: expected the token.'],
    ['token_type_hint=access_token', 'token: expected the token.'],
    ['token=', 'token: expected the token.'],
    ['token=a&token=b', 'token: expected once.'],
    ['token=a&token_type_hint=x&token_type_hint=y', 'token_type_hint: expected once.'],
  ])('refuses the form %j in the words of RFC 6749', async (body, error_description) => {
    const answer = await bench.call('post', '/introspect', form).send(body).expect(400);
    expect(answer.body).toEqual({ error: 'invalid_request', error_description });
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  test('A51 A52 A53 refuses callers in those words too, with status and challenge as elsewhere', async () => {
    const none = await bench.callFreely('post', '/introspect', form).send('token=x').expect(401);
    expect(none.body).toEqual({ error: 'invalid_client', error_description: 'No credential was sent.' });
    expect(none.headers['www-authenticate']).toMatch(/^Bearer realm="sessionkeeper", Basic realm=/);
    const narrow = await bench.callWithout('tokens:introspect', 'post', '/introspect').send('token=x').expect(403);
    expect(narrow.body).toEqual({
      error: 'insufficient_scope',
      error_description: 'This takes the scope tokens:introspect.',
    });
    expect(narrow.headers['www-authenticate']).toContain('scope="tokens:introspect"');
    const browser = await bench
      .call('post', '/introspect', { ...form, Origin: 'null' })
      .send('token=x')
      .expect(403);
    expect(browser.body).toMatchObject({ error: 'access_denied' });
    const other = await bench.call('post', '/introspect', { 'Content-Type': 'application/json' }).send('{}');
    expect([other.status, other.body]).toEqual([415, expect.objectContaining({ error: 'invalid_request' })]);
    await bench.callWith('tokens:introspect', 'post', '/introspect').send('token=x').expect(200);
  });

  test('A49 a token in the URL is not looked at', async () => {
    const { tokens } = await signedIn(bench.sessions);
    await bench.call('post', `/introspect?token=${tokens.accessToken}`, form).expect(400);
    await bench.call('get', `/introspect?token=${tokens.accessToken}`).expect(405);
  });

  test('A32 a store that does not answer is 503, never inactive', async () => {
    const { tokens } = await signedIn(bench.sessions);
    bench.store.failNext('find');
    const answer = await ask(tokens.accessToken).expect(503);
    expect(answer.body).toMatchObject({ error: 'temporarily_unavailable' });
    expect(answer.headers['retry-after']).toBe('1');
  });

  test('the log tells whose token it was', async () => {
    const { tokens, session } = await signedIn(bench.sessions, { userId: 'alice' });
    await ask(tokens.accessToken);
    await ask('x');
    const { data } = await bench.sessions.access.history();
    expect(data.map(({ operation, userId, sessionId }) => [operation, userId, sessionId])).toEqual([
      ['introspectToken', null, null],
      ['introspectToken', 'alice', session.id],
    ]);
  });
});
