import { requireSession } from '../../lib';
import { waitUntil } from '../harness/wait-until';
import { guarded, HttpBench, showSession } from './fixtures/http-bench';
import { frameworks, mount } from './fixtures/frameworks';

const nearCache = {};

describe.each(frameworks)('a near cache behind requireSession on $name', (framework) => {
  let bench: HttpBench;
  let passed: string[];

  beforeEach(() => {
    passed = [];
    bench = new HttpBench({
      framework,
      options: { nearCache },
      routes: (app, sessions) => {
        guarded('/fresh', { fresh: true })(app, sessions);
        guarded('/poll', { slide: false })(app, sessions);
        guarded('/bearer', { transport: 'bearer' })(app, sessions);
        const guard = requireSession(sessions);
        mount(app, '/order', (req, res) => {
          guard(req, res, () => passed.push('next'));
          passed.push('after');
          showSession(req, res, () => undefined);
        });
      },
    });
  });
  afterEach(() => bench.close());

  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

  test('a hit costs no command and passes at once, with the session on the request', async () => {
    const { accessToken } = await bench.bearer();
    const first = await bench.browser().get('/me', bearer(accessToken)).expect(200);
    let shown: unknown;
    // On Redis the push is armed a moment later, and tells of the sign-in itself.
    await waitUntil('a request costs no command', async () => {
      passed = [];
      const calls = await bench.store.callsDuring(async () => {
        shown = (await bench.browser().get('/order', bearer(accessToken)).expect(200)).body;
      });
      return calls.length === 0;
    });
    expect(shown).toEqual(first.body);
    expect(passed).toEqual(['next', 'after']);
  });

  test('`fresh` reads the store every time', async () => {
    const { accessToken } = await bench.bearer();
    await bench.browser().get('/me', bearer(accessToken)).expect(200);
    const calls = await bench.store.callsDuring(async () => {
      await bench.browser().get('/fresh', bearer(accessToken)).expect(200);
      await bench.browser().get('/fresh', bearer(accessToken)).expect(200);
    });
    expect(calls).toEqual(['find', 'find']);
  });

  test('A30 a session that was ended is refused on the next request', async () => {
    const visitor = await bench.signedIn();
    const { body } = await visitor.get('/me').expect(200);
    await visitor.get('/me').expect(200);
    await bench.sessions.revoke((body as { session: { id: string } }).session.id);
    const refused = await visitor.get('/me').expect(401);
    expect(refused.body).toMatchObject({ code: 'session_revoked' });
  });

  test('A36 signing out leaves nothing behind', async () => {
    const { accessToken } = await bench.bearer();
    await bench.browser().get('/me', bearer(accessToken)).expect(200);
    await bench.browser().post('/logout', bearer(accessToken)).expect(200);
    await bench.browser().get('/me', bearer(accessToken)).expect(401);
  });

  test('A42 a cookie of a cached session does not pass for another site’s page', async () => {
    const visitor = await bench.signedIn();
    await visitor.get('/me').expect(200);
    const refused = await visitor.post('/me', { 'Sec-Fetch-Site': 'cross-site' }).expect(403);
    expect(refused.body).toMatchObject({ code: 'csrf_refused' });
    await visitor.get('/me').expect(200);
  });

  test('A46 two credentials are refused, though both are cached', async () => {
    const visitor = await bench.signedIn();
    await visitor.get('/me').expect(200);
    const { accessToken } = await bench.bearer();
    await bench.browser().get('/me', bearer(accessToken)).expect(200);
    const refused = await visitor.get('/me', bearer(accessToken)).expect(400);
    expect(refused.body).toMatchObject({ code: 'credentials_conflict' });
  });

  test('a cached cookie opens no route for bearer tokens alone', async () => {
    const visitor = await bench.signedIn();
    await visitor.get('/me').expect(200);
    await visitor.get('/bearer').expect(401);
  });

  test('A4 a refresh token, or a mangled access token, is no key of the cache', async () => {
    const { accessToken, refreshToken } = await bench.bearer();
    await bench.browser().get('/me', bearer(accessToken)).expect(200);
    await bench.browser().get('/me', bearer(refreshToken)).expect(401);
    await bench
      .browser()
      .get('/me', bearer(`${accessToken} `))
      .expect(200);
    await bench
      .browser()
      .get('/me', bearer(accessToken.replace('sat_', 'sot_')))
      .expect(401);
  });
});
