import { json, urlencoded } from 'express';
import { disowning } from '../../lib/contract/disowning';
import { disownedSignIns } from '../../lib/contract/disowned-sign-ins';
import { problem } from '../../lib/contract/problem';
import type { SessionRouterOptions } from '../../lib';
import { userAgents } from '../fixtures/user-agents';
import type { Answer, Browser } from './fixtures/browser';
import { frameworks, mount } from './fixtures/frameworks';
import { HttpBench } from './fixtures/http-bench';

const path = '/api/v1/sessions/disown';
/** As a browser asks for what a person opens. */
const person = { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const form = { ...person, 'Content-Type': 'application/x-www-form-urlencoded' };
const hostile = `<img src=x onerror=alert(1)>"'&</dd>`;

interface Scene {
  readonly bench: HttpBench;
  readonly own: Browser;
  readonly thief: Browser;
  readonly token: string;
}

async function scene(options: ConstructorParameters<typeof HttpBench>[0] = {}): Promise<Scene> {
  const bench = new HttpBench(options);
  const own = await bench.signedIn();
  const thief = bench.browser();
  thief.headers['User-Agent'] = userAgents.safariOnIphone;
  await thief.post('/login?user=alice').expect(200);
  return { bench, own, thief, token: await linkFor(bench, thief) };
}

async function linkFor(bench: HttpBench, browser: Browser): Promise<string> {
  const { body } = await browser.get('/me').expect(200);
  const outcome = await bench.sessions.disowning.issue((body as { session: { id: string } }).session.id);
  if (outcome.status !== 'issued') throw new Error(outcome.status);
  return outcome.token;
}

const bodyOf = (token: string): string => new URLSearchParams({ token }).toString();

function expectPage({ headers, text }: Answer): void {
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-robots-tag': 'noindex, nofollow',
    'referrer-policy': 'no-referrer',
  });
  const policy = String(headers['content-security-policy']);
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
  );
  expect(text).not.toMatch(/<script|javascript:|https?:|\son\w+=/);
  expect(headers).not.toHaveProperty('set-cookie');
}

describe.each(frameworks)('on $name', (framework) => {
  test('A44 a person opens the link without a session, is asked, confirms, and it is ended', async () => {
    const { bench, own, thief, token } = await scene({ framework });
    const anyone = bench.browser();
    const shown = await anyone.get(`${path}?token=${token}`, person).expect(200);
    expectPage(shown);
    expect(shown.text).toContain('iPhone, Mobile Safari, iOS');
    expect(shown.text).toContain(`<input type="hidden" name="token" value="${token}">`);
    expect(shown.text).toContain('<form method="post" action="./disown">');
    await thief.get('/me').expect(200);

    const done = await anyone.post(path, form).send(bodyOf(token)).expect(200);
    expectPage(done);
    expect(done.text).toContain('1 session was ended. 1 other device will ask for your login');
    expect(done.text).not.toContain('sot_');
    const refused = problem.parse((await thief.get('/me').expect(401)).body);
    expect(refused).toMatchObject({ code: 'session_revoked', reason: 'disowned' });
    expect(problem.parse((await own.get('/me').expect(401)).body).code).toBe('step_up_required');
    await bench.signedIn();
  });
});

test('A44 whatever opens the link changes nothing, however often: HEAD, mail gateways, crawlers', async () => {
  const { bench, thief, token } = await scene();
  const before = await bench.sessions.history('alice');
  for (let count = 0; count < 3; count++) {
    await bench.browser().send('head', `${path}?token=${token}`, person).expect(200);
    await bench.browser().get(`${path}?token=${token}`, person).expect(200);
    await bench.browser().get(`${path}?token=${token}&utm_source=mail&mc_eid=1`).expect(200);
    await bench.browser().send('options', `${path}?token=${token}`).expect(204);
  }
  await thief.get('/me').expect(200);
  expect(await bench.sessions.history('alice')).toEqual(before);
  await bench.browser().post(path, form).send(bodyOf(token)).expect(200);
  await thief.get('/me').expect(401);
});

test('apps that show pages of their own are answered in JSON', async () => {
  const { bench, token } = await scene();
  const { body } = await bench.browser().get(`${path}?token=${token}`).expect(200);
  const { session } = disowning.parse(body);
  expect(session.device).toMatchObject({ browser: 'Mobile Safari', os: 'iOS', type: 'phone' });
  const done = await bench.browser().post(path).send({ token }).expect(200);
  expect(disownedSignIns.parse(done.body)).toEqual({ ended: 1, stepUps: 1 });
  const again = await bench.browser().post(path).send({ token }).expect(403);
  expect(problem.parse(again.body)).toMatchObject({ code: 'one_time_token_invalid', reason: 'spent' });
});

test('B4 where replicas did not confirm it in time, the answer says so with 202', async () => {
  for (const asked of [form, {}]) {
    const { bench, token } = await scene();
    bench.store.interceptNext('disown', async (proceed) => ({ ...((await proceed()) as object), durable: false }));
    const sent = bench.browser().post(path, asked);
    const answer = await sent.send(asked === form ? bodyOf(token) : { token }).expect(202);
    if (asked !== form) expect(answer.body).toEqual({ ended: 1, stepUps: 1, durable: false });
    else expectPage(answer);
    await bench.sessions.close();
  }
});

test('A49 the token is taken from the body alone: in the address of a POST it does nothing', async () => {
  const { bench, thief, token } = await scene();
  const browser = bench.browser();
  await browser.post(`${path}?token=${token}`, form).expect(400);
  await browser.post(`${path}?token=${token}`, form).send(bodyOf(token)).expect(400);
  await browser
    .post(path, { Authorization: `Bearer ${token}` })
    .send({})
    .expect(400);
  await thief.get('/me').expect(200);
});

test('A42 the token alone counts: no cookie, origin or session is looked at, and none is set', async () => {
  const settings = [
    { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' },
    { 'Sec-Fetch-Site': 'same-origin', Origin: 'null' },
    { 'Sec-Fetch-Site': '' },
  ];
  for (const headers of settings) {
    const { bench, own, token } = await scene();
    const answer = await own
      .post(path, { ...form, ...headers })
      .send(bodyOf(token))
      .expect(200);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    const without = await bench
      .browser()
      .post(path, { ...form, ...headers })
      .send(bodyOf('sot_guess'))
      .expect(403);
    expectPage(without);
  }
});

test.each([
  ['spent', 'This link has been used'],
  ['expired', 'This link has expired'],
  ['invalid', 'This link is not valid'],
])('A7 a link that is %s is answered with a page that says what to do, or a problem', async (reason, title) => {
  const { bench, token: good } = await scene();
  const token = reason === 'invalid' ? `${good}x` : good;
  if (reason === 'spent') await bench.sessions.disowning.disown(token);
  if (reason === 'expired') bench.time.advance(7 * 86_400_000);
  const browser = bench.browser();
  const pages = [
    await browser.get(`${path}?token=${token}`, person).expect(403),
    await browser.post(path, form).send(bodyOf(token)).expect(403),
  ];
  for (const page of pages) {
    expectPage(page);
    expect(page.text).toContain(`<h1>${title}</h1>`);
    expect(page.text).not.toContain('sot_');
  }
  for (const answer of [
    await browser.get(`${path}?token=${token}`).expect(403),
    await browser.post(path).send({ token }).expect(403),
  ]) {
    expect(problem.parse(answer.body)).toMatchObject({ code: 'one_time_token_invalid', reason });
  }
});

test('A79 when the store is away people are asked to try again, and the link stays good', async () => {
  const { bench, token } = await scene();
  bench.store.failNext('disown');
  const page = await bench.browser().post(path, form).send(bodyOf(token)).expect(503);
  expectPage(page);
  expect(page.headers['retry-after']).toBeDefined();
  expect(page.text).toContain('Please try again');
  await bench.browser().post(path, form).send(bodyOf(token)).expect(200);
});

test('C-XSS A74 whatever a device or a place calls itself, the page shows it as text', async () => {
  const bench = new HttpBench();
  const created = await bench.sessions.create({
    userId: 'alice',
    client: {
      userAgent: `Mozilla/5.0 (${hostile}) ${hostile}/1.0`,
      location: { city: hostile, region: '\u202Eevil\u0007', country: 'DE' },
    },
  });
  if (created.status !== 'created') throw new Error(created.status);
  const { id } = created.session;
  await bench.sessions.update(id, { name: hostile });
  const link = await bench.sessions.disowning.issue(id);
  if (link.status !== 'issued') throw new Error(link.status);
  const { text } = await bench.browser().get(`${path}?token=${link.token}`, person).expect(200);
  expect(text).not.toContain('<img');
  expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;&lt;/dd&gt;');
  expect(text).not.toContain('\u0007');
  expect(text.match(/<bdi>/g)).toHaveLength(2);
});

test('C-XSS nothing of what was sent is shown by a page that refuses it', async () => {
  const bench = new HttpBench();
  const sent = `"><script>alert(1)</script>`;
  const answers = [
    await bench
      .browser()
      .get(`${path}?token=${encodeURIComponent(sent)}`, person)
      .expect(403),
    await bench
      .browser()
      .get(`${path}?${encodeURIComponent(sent)}=1`, person)
      .expect(400),
    await bench.browser().post(path, form).send(bodyOf(sent)).expect(403),
    await bench
      .browser()
      .post(path, form)
      .send(`${bodyOf('a')}&token=b`)
      .expect(400),
  ];
  for (const answer of answers) {
    expectPage(answer);
    expect(answer.text).not.toContain('alert');
  }
});

test('a body parser may have been at the body before', async () => {
  for (const send of [(token: string) => bodyOf(token), (token: string) => ({ token })]) {
    const { bench, token } = await scene({
      before: (app) => {
        mount(app, '/', json() as never);
        mount(app, '/', urlencoded({ extended: true }) as never);
      },
    });
    const sent = send(token);
    const headers = typeof sent === 'string' ? form : {};
    await bench.browser().post(path, headers).send(sent).expect(200);
  }
});

test('the page leads on to where a password is changed, if it is told where that is', async () => {
  const { bench, token } = await scene({ router: { disown: { continueUrl: '/reset?a=1&b="2"' } } });
  const page = await bench.browser().post(path, form).send(bodyOf(token)).expect(200);
  expectPage(page);
  expect(page.text).toContain('<a class="button" href="/reset?a=1&amp;b=&quot;2&quot;">');
});

test('of an app that answers links itself this router knows nothing', async () => {
  const { bench, thief, token } = await scene({ router: { disown: false } });
  await bench.browser().get(`${path}?token=${token}`, person).expect(401);
  await thief.get(path).expect(404);
  await bench.browser().post(path, form).send(bodyOf(token)).expect(405);
  await thief.get('/me').expect(200);
  const { body } = await bench.browser().get('/api/v1/sessions/openapi.json').expect(200);
  expect((body as { paths: object }).paths).not.toHaveProperty('/disown');
});

test.each<[unknown, string]>([
  [true, 'sessionRouter.disown: expected an object, got true'],
  [{ returnTo: '/' }, 'sessionRouter.disown.returnTo: unknown option'],
  [{ continueUrl: 'javascript:alert(1)' }, 'sessionRouter.disown.continueUrl: expected a path'],
  [{ continueUrl: '//evil.example' }, 'sessionRouter.disown.continueUrl: expected a path'],
])('refuses the option %j when it is called', (disown, message) => {
  const router = { disown } as SessionRouterOptions;
  expect(() => new HttpBench({ router })).toThrow(message);
});

test('the form of a page that was asked for with a slash at its end leads to the same place', async () => {
  const { bench, token } = await scene();
  const { text } = await bench.browser().get(`${path}/?token=${token}`, person).expect(200);
  expect(text).toContain('<form method="post" action=".">');
  await bench.browser().post(`${path}/`, form).send(bodyOf(token)).expect(200);
});
