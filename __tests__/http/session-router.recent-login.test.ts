import { confirmLogin, requireSession, sessionRouter } from '../../lib';
import { oneSession } from '../../lib/contract/one-session';
import { problem } from '../../lib/contract/problem';
import { refusalOf } from '../fixtures/refusal-of';
import { minute } from '../fixtures/session-record';
import type { Answer, Browser } from './fixtures/browser';
import { frameworks, mount } from './fixtures/frameworks';
import { HttpBench } from './fixtures/http-bench';

const base = '/devices';

async function idOf(browser: Browser): Promise<string> {
  const { body } = await browser.get(`${base}/current`).expect(200);
  return oneSession.parse(body).session.id;
}

function refusedIn(answer: Answer): void {
  expect(problem.parse(answer.body)).toMatchObject({ code: 'login_required', status: 401 });
  expect(answer.get('WWW-Authenticate')).toBe('Bearer error="insufficient_user_authentication", max_age="900"');
  expect(answer.get('Cache-Control')).toBe('no-store');
  expect(answer.get('Set-Cookie')).toBeUndefined();
}

describe.each(frameworks)('sessionRouter that wants a recent login, on $name', (framework) => {
  let bench: HttpBench;
  let browser: Browser;
  let other: Browser;
  let paths: Record<'own' | 'other' | 'others' | 'all', string>;

  /** Two devices of alice, and the time since they signed in. */
  async function aged(milliseconds: number): Promise<void> {
    bench = new HttpBench({
      framework,
      options: { lifetimes: { accessToken: '1h' } },
      routes: (app, sessions) => {
        mount(app, base, sessionRouter(sessions, { recentLogin: '15m' }));
        mount(app, '/confirm', requireSession(sessions), async (req, res) => {
          await confirmLogin(sessions, req, res);
          res.end();
        });
      },
    });
    other = await bench.signedIn();
    browser = await bench.signedIn();
    paths = {
      own: `${base}/${await idOf(browser)}`,
      other: `${base}/${await idOf(other)}`,
      others: base,
      all: `${base}?scope=all`,
    };
    bench.time.advance(milliseconds);
  }

  test('A73: ends other sessions up to its time after the login', async () => {
    await aged(15 * minute);
    await browser.send('delete', paths.other).expect(204);
    await browser.send('delete', paths.others).expect(200);
    await browser.send('delete', paths.all).expect(200);
  });

  test('A73: asks for a login a millisecond later, and ends nothing', async () => {
    await aged(15 * minute + 1);
    for (const path of [paths.other, paths.others, `${base}?scope=others`, paths.all]) {
      refusedIn(await browser.send('delete', path).expect(401));
    }
    await other.get('/me').expect(200);
    await browser.get('/me').expect(200);
    expect(bench.store.calls).not.toContain('revoke');
    expect(bench.store.calls).not.toContain('revokeAll');
  });

  test('A73: ends them once the login is confirmed', async () => {
    await aged(16 * minute);
    await browser.post('/confirm').expect(200);
    await browser.send('delete', paths.other).expect(204);
    await other.get('/me').expect(401);
  });

  test('A73: never asks who signs out, by either path', async () => {
    await aged(16 * minute);
    await other.send('delete', `${base}/current`).expect(204);
    await browser.send('delete', paths.own).expect(204);
    expect(browser.tokenCookies()).toEqual([]);
  });

  test('A73: asks who trusts a device, their own included, and not who renames or distrusts one', async () => {
    await aged(16 * minute);
    for (const path of [paths.own, paths.other]) {
      refusedIn(await browser.send('patch', path).send({ trusted: true }).expect(401));
      refusedIn(await browser.send('patch', path).send({ name: 'Phone', trusted: true }).expect(401));
      await browser.send('patch', path).send({ name: 'Phone' }).expect(200);
      const { body } = await browser.send('patch', path).send({ trusted: false }).expect(200);
      expect(oneSession.parse(body).session).toMatchObject({ trusted: false, device: { name: 'Phone' } });
    }
    await browser.send('patch', `${base}/current`).send({ name: 'Laptop' }).expect(200);
  });

  test('looking, refreshing and validating take no recent login', async () => {
    await aged(16 * minute);
    for (const path of ['', '/current', '/activity']) await browser.get(base + path).expect(200);
    await browser.get(paths.other).expect(200);
    await browser.post(`${base}/validate`).expect(200);
    await browser.post(`${base}/refresh`).expect(200);
  });

  test('A73 C-IDOR: answers alike for one’s own session, another user’s and none, before it looks', async () => {
    await aged(16 * minute);
    const stranger = await bench.signedIn('user=bob');
    const ids = [await idOf(stranger), '3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'no-id'];
    const answers = [await browser.send('delete', paths.other)];
    for (const id of ids) answers.push(await browser.send('delete', `${base}/${id}`));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    refusedIn(answers[0]!);
  });

  test('who asks and what they ask are settled first', async () => {
    await aged(16 * minute);
    await bench.browser().send('delete', base).expect(401);
    expect((await browser.send('delete', `${base}?scope=mine`).expect(400)).body).toMatchObject({ field: 'scope' });
    await browser.send('delete', base, { 'Sec-Fetch-Site': 'cross-site' }).expect(403);
  });
});

test('without recentLogin any login will do', async () => {
  const bench = new HttpBench({ options: { lifetimes: { accessToken: '1h' } } });
  const [browser, other] = [await bench.signedIn(), await bench.signedIn()];
  bench.time.advance(59 * minute);
  await browser.send('delete', '/api/v1/sessions').expect(200);
  await other.get('/me').expect(401);
});

test.each([
  [{ recentLogin: 900 }, /^sessionRouter\.recentLogin: expected a duration such as '15m', got 900/],
  [{ recentLogin: '10ms' }, /^sessionRouter\.recentLogin: expected at least 1 second, got '10ms'$/],
  [{ recentLogin: null }, /^sessionRouter\.recentLogin: expected a duration/],
  [{ recentLogins: '15m' }, /^sessionRouter\.recentLogins: unknown option; did you mean 'recentLogin'\?$/],
])('%j is refused, with the fix', (options, message) => {
  const { sessions } = new HttpBench();
  expect(refusalOf(() => sessionRouter(sessions, options as never)).message).toMatch(message);
});
