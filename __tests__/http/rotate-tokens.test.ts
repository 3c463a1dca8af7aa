import { passwordChanged, requireSession, rotateTokens } from '../../lib';
import { setCookiesOf } from './fixtures/browser';
import { frameworks, type Framework, mount } from './fixtures/frameworks';
import { accessCookie, HttpBench, refreshCookie } from './fixtures/http-bench';

function benchOn(framework: Framework): HttpBench {
  return new HttpBench({
    framework,
    routes: (app, sessions) => {
      mount(app, '/promote', requireSession(sessions), async (req, res, next) => {
        const outcome = await rotateTokens(sessions, req, res, { methods: ['pwd', 'otp'] });
        if (outcome.status !== 'reissued') return next(outcome.error);
        res.end(JSON.stringify(outcome));
      });
      mount(app, '/bare', async (req, res) => rotateTokens(sessions, req, res));
    },
  });
}

describe.each(frameworks)('rotateTokens on $name', (framework) => {
  test('A8: gives cookie clients new tokens in the response; the old ones are dead, harmlessly', async () => {
    const bench = benchOn(framework);
    const browser = await bench.signedIn();
    const old = browser.tab();
    const answer = await browser.post('/promote').expect(200);
    expect(JSON.parse(answer.text)).toMatchObject({ status: 'reissued', session: { methods: ['pwd', 'otp'] } });
    expect(JSON.parse(answer.text)).not.toHaveProperty('tokens');
    expect((await old.get('/me').expect(401)).body).toMatchObject({ code: 'token_invalid' });
    await browser.get('/me').expect(200);
  });

  test('gives bearer handlers the tokens, and sets no cookie', async () => {
    const bench = benchOn(framework);
    const { accessToken } = await bench.bearer();
    const answer = await bench
      .browser()
      .post('/promote', { Authorization: `Bearer ${accessToken}` })
      .expect(200);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    const { tokens } = JSON.parse(answer.text) as { tokens: { accessToken: string } };
    await bench
      .browser()
      .get('/me', { Authorization: `Bearer ${accessToken}` })
      .expect(401);
    await bench
      .browser()
      .get('/me', { Authorization: `Bearer ${tokens.accessToken}` })
      .expect(200);
  });

  test('takes the place of a renewal on the same answer: one Set-Cookie a name', async () => {
    const bench = benchOn(framework);
    const browser = await bench.signedIn();
    bench.time.advance(16 * 60_000);
    const answer = await browser.post('/promote').expect(200);
    expect(setCookiesOf(answer).map(({ name }) => name)).toEqual([accessCookie, refreshCookie]);
    await browser.get('/me').expect(200);
  });

  test('without a session is no_session', async () => {
    const bench = benchOn(framework);
    const { body } = await bench.browser().post('/bare').expect(401);
    expect(body).toMatchObject({ code: 'no_session' });
  });
});

test('a session that ended meanwhile is refused', async () => {
  const bench = new HttpBench({
    routes: (app, sessions) =>
      mount(app, '/promote', requireSession(sessions), async (req, res, next) => {
        await sessions.revokeAll('alice');
        const outcome = await rotateTokens(sessions, req, res);
        if (outcome.status === 'not-found') next(outcome.error);
      }),
  });
  const browser = await bench.signedIn();
  const answer = await browser.post('/promote').expect(401);
  expect(answer.get('Set-Cookie')).toBeUndefined();
});

describe('a request that was admitted before another one changed the password', () => {
  let bench: HttpBench;

  beforeEach(() => {
    bench = new HttpBench({
      routes: (app, sessions) => {
        mount(app, '/password', requireSession(sessions), async (req, res) => {
          res.end((await passwordChanged(sessions, req, res)).tokens?.accessToken);
        });
        mount(app, '/promote', requireSession(sessions), async (req, res, next) => {
          await overtake();
          const outcome = await rotateTokens(sessions, req, res);
          if (outcome.status === 'not-found') next(outcome.error);
          else res.end(outcome.tokens?.accessToken);
        });
      },
    });
  });
  let overtake: () => Promise<unknown>;

  test('gets no new cookies; those that the change gave stay good', async () => {
    const browser = await bench.signedIn();
    const thief = browser.tab();
    overtake = async () => browser.post('/password').expect(200);
    const answer = await thief.post('/promote').expect(401);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    await browser.get('/me').expect(200);
    await thief.get('/me').expect(401);
  });

  test('gets no new bearer tokens; those that the change gave stay good', async () => {
    const { accessToken } = await bench.bearer();
    const headers = { Authorization: `Bearer ${accessToken}` };
    let kept = '';
    overtake = async () => (kept = (await bench.browser().post('/password', headers).expect(200)).text);
    expect((await bench.browser().post('/promote', headers).expect(401)).text).not.toContain('sat_');
    await bench
      .browser()
      .get('/me', { Authorization: `Bearer ${kept}` })
      .expect(200);
  });

  test('may rotate still where its session was only renewed meanwhile', async () => {
    const browser = await bench.signedIn();
    const tab = browser.tab();
    overtake = async () => tab.post('/api/v1/sessions/refresh').expect(200);
    await browser.post('/promote').expect(200);
    await browser.get('/me').expect(200);
  });
});
