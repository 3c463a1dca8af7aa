import { limitResolution } from '../../lib/contract/limit-resolution';
import { problem } from '../../lib/contract/problem';
import { renewedSession } from '../../lib/contract/renewed-session';
import type { ManagerOptions } from '../../lib';
import { accessCookie, HttpBench } from './fixtures/http-bench';
import type { Answer, Browser } from './fixtures/browser';

const path = '/api/v1/sessions/limit-resolutions';

interface Reached {
  readonly resolutionToken: string;
  readonly sessions: readonly { readonly id: string }[];
}

async function full(options: ManagerOptions = {}): Promise<{ bench: HttpBench; first: Browser; reached: Reached }> {
  const bench = new HttpBench({ options: { limit: { max: 1 }, expose: ['plan'], ...options } });
  const first = await bench.signedIn();
  const { body } = await bench.browser().post('/login?transport=bearer').expect(409);
  return { bench, first, reached: body as Reached };
}

async function stoppedBrowser(bench: HttpBench, query = ''): Promise<{ browser: Browser; reached: Reached }> {
  const browser = bench.browser();
  const { body } = await browser.post(`/login${query}`).expect(409);
  return { browser, reached: body as Reached };
}

function choice({ resolutionToken, sessions }: Reached): Record<string, string> {
  return { resolutionToken, endSessionId: sessions[0]!.id };
}

function headersOf(answer: Answer): unknown[] {
  return [answer.headers['cache-control'], answer.headers['x-content-type-options']];
}

test('requirement 24: 409 tells the limit, the sessions, and how to go on; nothing is signed in', async () => {
  const { bench } = await full();
  const browser = bench.browser();
  const answer = await browser.post('/login').expect(409);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(problem.parse(answer.body)).toMatchObject({
    code: 'session_limit_reached',
    status: 409,
    limit: 1,
    per: 'user',
    sessions: [{ userId: 'alice', current: false, device: { type: 'desktop' }, data: { plan: 'gold' } }],
    resolutionToken: expect.stringMatching(/^sot_/) as string,
  });
  expect(headersOf(answer)).toEqual(['no-store', 'nosniff']);
  expect(browser.value(accessCookie)).toBeUndefined();
});

test('in cookie mode the browser is signed in by its cookies alone, remembered if it asked for that', async () => {
  const { bench, first } = await full();
  const { browser, reached } = await stoppedBrowser(bench, '?remember');
  const answer = await browser.post(path).send(choice(reached)).expect(200);
  expect(renewedSession.parse(answer.body)).toMatchObject({ session: { userId: 'alice', remember: true } });
  expect(JSON.stringify(answer.body)).not.toMatch(/s[aro]t_/);
  expect(headersOf(answer)).toEqual(['no-store', 'nosniff']);
  await browser.get('/me').expect(200);
  const refused = await first.get('/me').expect(401);
  expect(problem.parse(refused.body)).toMatchObject({
    code: 'session_revoked',
    reason: 'evicted',
    replacedBy: { browser: 'Firefox', os: 'Linux', type: 'desktop' },
  });
  expect([...browser.cookies.values()].map(({ attributes }) => attributes['max-age'] !== undefined)).toEqual([
    true,
    true,
    true,
  ]);
});

test('as bearer the tokens come in the body, and no cookie', async () => {
  const { bench, reached } = await full();
  const answer = await bench.browser().post(path).send(choice(reached)).expect(200);
  const { tokens } = renewedSession.parse(answer.body);
  expect(answer.get('Set-Cookie')).toBeUndefined();
  await bench
    .browser()
    .get('/me', { Authorization: `Bearer ${tokens!.accessToken}` })
    .expect(200);
});

test('the browser keeps its device id, so that its next sign-in takes its own place', async () => {
  const { bench } = await full();
  const { browser, reached } = await stoppedBrowser(bench);
  const before = browser.value('__Host-sk-device');
  await browser.post(path).send(choice(reached)).expect(200);
  expect(browser.value('__Host-sk-device')).toBe(before);
  browser.forget(accessCookie);
  browser.forget('__Host-sk-refresh');
  await browser.post('/login').expect(200);
});

test('ends the session whose cookie the browser still has, whoever’s it is', async () => {
  const { bench } = await full();
  const browser = await bench.signedIn('user=bob');
  const { body } = await browser.post('/login?user=alice').expect(409);
  await browser.get('/me').expect(200);
  await browser
    .post(path)
    .send(choice(body as Reached))
    .expect(200);
  expect((await bench.sessions.list('bob')).data).toEqual([]);
});

test('A42 another site’s page cannot sign anyone in with a token of its own', async () => {
  const { bench } = await full();
  const { browser, reached } = await stoppedBrowser(bench);
  const crossSite = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' };
  const answer = await browser.post(path, crossSite).send(choice(reached)).expect(403);
  expect(answer.body).toMatchObject({ code: 'csrf_refused' });
  expect((await bench.sessions.list('alice')).data.map(({ id }) => id)).toEqual([reached.sessions[0]!.id]);
  await browser.post(path).send(choice(reached)).expect(200);
});

test('A7 a token that was used, is another’s, or is none is refused; one that ends nobody’s session is kept', async () => {
  const { bench, reached } = await full();
  const bob = await bench.signedIn('user=bob');
  const { body: bobs } = await bob.get('/me').expect(200);
  const stranger = (bobs as { session: { id: string } }).session.id;
  const { resolutionToken } = reached;
  const post = (body: object) => bench.browser().post(path).send(body);
  await post({ resolutionToken, endSessionId: stranger }).expect(404);
  await post({ resolutionToken, endSessionId: 'nobody' }).expect(404);
  await bob.get('/me').expect(200);
  await post(choice(reached)).expect(200);
  const again = await post(choice(reached)).expect(401);
  expect(again.body).toMatchObject({ code: 'token_invalid' });
  expect(again.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
});

test('A45 A57 the body is checked: JSON, both members and no other', async () => {
  const { bench, reached } = await full();
  const post = (body: string | object) => bench.browser().post(path).send(body);
  await post({}).expect(400);
  await post({ ...choice(reached), more: 1 }).expect(400);
  await post({ ...choice(reached), endSessionId: 7 }).expect(400);
  await post('{"__proto__":{"resolutionToken":"x"}}').expect(415);
  expect(limitResolution.safeParse({}).success).toBe(false);
  await bench.browser().post(path, { 'Content-Type': 'application/json' }).send('{').expect(400);
  await bench.browser().get(path).expect(405);
});

test('A32 where the store does not answer: 503, no cookie, and the token is still good', async () => {
  const { bench } = await full();
  const { browser, reached } = await stoppedBrowser(bench);
  for (const verb of ['findOneTime', 'create'] as const) {
    bench.store.failNext(verb);
    const answer = await browser.post(path).send(choice(reached)).expect(503);
    expect(answer.get('Set-Cookie')).toBeUndefined();
  }
  await browser.post(path).send(choice(reached)).expect(200);
});

test('a limit that was lowered asks again, with the same token, until there is room', async () => {
  const bench = new HttpBench();
  for (let count = 0; count < 3; count++) await bench.signedIn();
  await bench.sessions.limits.set('alice', 2);
  const { browser, reached } = await stoppedBrowser(bench);
  expect(reached.sessions).toHaveLength(3);
  const again = await browser.post(path).send(choice(reached)).expect(409);
  expect(problem.parse(again.body)).toMatchObject({
    code: 'session_limit_reached',
    resolutionToken: reached.resolutionToken,
    sessions: { length: 2 },
  });
  await browser
    .post(path)
    .send(choice(again.body as Reached))
    .expect(200);
});
