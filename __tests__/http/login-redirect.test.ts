import { requireSession } from '../../lib';
import { refusalOf } from '../fixtures/refusal-of';
import { frameworks, type Framework } from './fixtures/frameworks';
import { guarded, HttpBench } from './fixtures/http-bench';

const page = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

const benchOn = (loginUrl: string, framework?: Framework): HttpBench =>
  new HttpBench({ ...(framework && { framework }), routes: guarded('/account', { loginUrl }) });

describe.each(frameworks)('loginUrl on $name', (framework) => {
  test('sends someone who looks at a page to sign in, and back here afterwards', async () => {
    const answer = await benchOn('/login-page', framework)
      .browser()
      .get('/account/orders?page=2', page)
      .expect(303);
    expect(answer.get('Location')).toBe('/login-page?returnTo=%2Faccount%2Forders%3Fpage%3D2');
    expect(answer.get('Cache-Control')).toBe('no-store');
  });

  test.each([
    ['a script', { Accept: 'application/json' }],
    ['a script of a page', { ...page, 'Sec-Fetch-Mode': 'cors' }],
    ['nobody in particular', {}],
  ])('answers %s with the problem', async (_who, headers) => {
    const { body } = await benchOn('/login-page', framework).browser().get('/account', headers).expect(401);
    expect(body).toMatchObject({ code: 'no_session' });
  });
});

test('a form that is sent is answered with the problem: what it held would be lost', async () => {
  await benchOn('/login-page').browser().post('/account', page).expect(401);
});

test('navigations are known by Sec-Fetch-Mode', async () => {
  await benchOn('/login-page')
    .browser()
    .get('/account', { ...page, 'Sec-Fetch-Mode': 'navigate' })
    .expect(303);
});

test('what is no want of a session is never a redirect', async () => {
  const bench = benchOn('/login-page');
  const browser = await bench.signedIn();
  bench.store.failNext('find');
  await browser.get('/account', page).expect(503);
  const { accessToken } = await bench.bearer();
  await browser.get('/account', { ...page, Authorization: `Bearer ${accessToken}` }).expect(400);
});

test('a login page of another site gets the parameter behind those it has', async () => {
  const { headers } = await benchOn('https://sso.example.com/in?app=1').browser().get('/account', page).expect(303);
  expect((headers as { location: string }).location).toBe('https://sso.example.com/in?app=1&returnTo=%2Faccount');
});

describe('C-open-redirect: returnTo', () => {
  test.each(['//evil.example', '/\\evil.example', '//evil.example/%2e%2e', 'http://evil.example/account'])(
    'is never %s',
    async (target) => {
      const { sessions } = new HttpBench();
      const headers: Record<string, string> = {};
      const res = { headersSent: false, setHeader: (name: string, value: string) => void (headers[name] = value) };
      await new Promise<void>((resolve) => {
        const req = { url: target, method: 'GET', headers: { accept: 'text/html' }, rawHeaders: [], socket: {} };
        requireSession(sessions, { loginUrl: '/in' })(req as never, { ...res, end: resolve } as never, () =>
          resolve(),
        );
      });
      expect(headers['Location']).toBe('/in?returnTo=%2F');
    },
  );
});

test.each([
  [
    'login',
    "requireSession.loginUrl: expected a path such as '/login' or an http(s) URL, without a fragment, got 'login'",
  ],
  ['//evil.example', 'requireSession.loginUrl'],
  ['/\\evil.example', 'requireSession.loginUrl'],
  ['javascript:alert(1)', 'requireSession.loginUrl'],
  ['/login#form', 'requireSession.loginUrl'],
  ['/log in', 'requireSession.loginUrl'],
  ['/login\r\nX: y', 'requireSession.loginUrl'],
  ['http://[', 'requireSession.loginUrl'],
  [1, 'requireSession.loginUrl'],
])('loginUrl %j is refused at once', (loginUrl, message) => {
  const { sessions } = new HttpBench();
  expect(refusalOf(() => requireSession(sessions, { loginUrl } as never)).message).toContain(message);
});
