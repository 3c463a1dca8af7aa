import { problem } from '../../lib/contract/problem';
import { renewedSession } from '../../lib/contract/renewed-session';
import { requestTokenProof } from '../../lib/contract/request-token-proof';
import type { ManagerOptions } from '../../lib';
import { enforceSessionLimit } from '../../lib';
import type { IssueRequestTokenInput } from '../../lib/use-cases/exchange/inputs';
import { newPkce } from '../fixtures/pkce';
import { accessCookie, deviceCookie, HttpBench, refreshCookie } from './fixtures/http-bench';
import { mount } from './fixtures/frameworks';

const path = '/api/v1/sessions/token';
const crossSite = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' };

async function requested(bench: HttpBench, changes: Partial<IssueRequestTokenInput> = {}) {
  const { codeVerifier, codeChallenge } = newPkce();
  const input = { userId: 'alice', codeChallenge, ...changes };
  const { requestToken } = await bench.sessions.exchange.issue(input);
  return { requestToken, codeVerifier };
}

function open(options: ManagerOptions = {}): HttpBench {
  return new HttpBench({ options: { expose: ['plan'], ...options } });
}

test('as bearer the tokens come in the body, and no cookie; of the data only what is exposed', async () => {
  const bench = open();
  const proof = await requested(bench, { applicationId: 'ios', data: { plan: 'gold', secret: 'internal' } });
  const answer = await bench
    .browser()
    .post(path)
    .send({ ...proof, applicationId: 'ios' })
    .expect(200);
  const { session, tokens } = renewedSession.parse(answer.body);
  expect(session).toMatchObject({ userId: 'alice', applicationId: 'ios', current: true, data: { plan: 'gold' } });
  expect(session.data).not.toHaveProperty('secret');
  expect([answer.headers['cache-control'], answer.headers['x-content-type-options']]).toEqual([
    'no-store',
    'nosniff',
  ]);
  expect(answer.get('Set-Cookie')).toBeUndefined();
  await bench
    .browser()
    .get('/me', { Authorization: `Bearer ${tokens!.accessToken}` })
    .expect(200);
});

test('A13 as cookies no token is in the body, and the browser is recognised from then on', async () => {
  const bench = open();
  const browser = bench.browser();
  const answer = await browser
    .post(path)
    .send(await requested(bench, { transport: 'cookie', remember: true }))
    .expect(200);
  expect(renewedSession.parse(answer.body).tokens).toBeUndefined();
  expect(JSON.stringify(answer.body)).not.toMatch(/s[aro]t_/);
  for (const name of [accessCookie, refreshCookie, deviceCookie]) expect(browser.value(name)).toBeDefined();
  await browser.get('/me').expect(200);
});

test('as cookies it ends the session whose cookie the browser still has', async () => {
  const bench = open();
  const browser = await bench.signedIn('user=bob');
  const own = await bench.signedIn('user=alice');
  for (const one of [browser, own]) {
    await one
      .post(path)
      .send(await requested(bench, { transport: 'cookie' }))
      .expect(200);
  }
  expect((await bench.sessions.list('bob')).data).toEqual([]);
  expect((await bench.sessions.list('alice')).data).toHaveLength(2);
});

test('A42 another site’s page can sign nobody in by cookies, and spends nothing by trying', async () => {
  const bench = open();
  const proof = await requested(bench, { transport: 'cookie' });
  const browser = bench.browser();
  const answer = await browser.post(path, crossSite).send(proof).expect(403);
  expect(problem.parse(answer.body).code).toBe('csrf_refused');
  expect(answer.get('Set-Cookie')).toBeUndefined();
  await browser.post(path).send(proof).expect(200);
  const bearer = await requested(bench);
  await browser.post(path, crossSite).send(bearer).expect(200);
});

test('A7 a wrong verifier, another application, reuse and expiry: each 403 with its reason, and in the history', async () => {
  const bench = open();
  const post = (body: object) => bench.browser().post(path).send(body);
  const reasonOf = async (body: object): Promise<unknown> => {
    const answer = await post(body).expect(403);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    const { code, reason } = problem.parse(answer.body);
    return [code, reason];
  };
  const code = 'one_time_token_invalid';
  const stolen = await requested(bench);
  expect(await reasonOf({ ...stolen, codeVerifier: newPkce().codeVerifier })).toEqual([code, 'invalid']);
  expect(await reasonOf(stolen)).toEqual([code, 'spent']);
  const theirs = await requested(bench, { applicationId: 'ios' });
  expect(await reasonOf({ ...theirs, applicationId: 'android' })).toEqual([code, 'invalid']);
  const used = await requested(bench);
  await post(used).expect(200);
  expect(await reasonOf(used)).toEqual([code, 'spent']);
  const late = await requested(bench);
  bench.time.advance(60_000);
  expect(await reasonOf(late)).toEqual([code, 'expired']);
  expect(await reasonOf({ ...late, requestToken: 'sot_nothing' })).toEqual([code, 'invalid']);
  const { data } = await bench.sessions.history('alice');
  expect(
    data.flatMap(({ event, reason }) => (event === 'one_time_token_refused' ? [reason] : [])).reverse(),
  ).toEqual(['wrong_verifier', 'spent', 'wrong_application', 'spent', 'expired']);
  expect((await bench.sessions.list('alice')).data).toHaveLength(1);
});

test('A7 a hundred parallel exchanges over HTTP give one session', async () => {
  const bench = open();
  const proof = await requested(bench);
  const answers = await Promise.all(Array.from({ length: 100 }, () => bench.browser().post(path).send(proof)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 403)).toHaveLength(99);
  expect((await bench.sessions.list('alice')).data).toHaveLength(1);
});

test('A7 a token that an app issued, and a resolution token, are exchanged for nothing', async () => {
  const bench = open({ limit: { max: 1 } });
  await bench.signedIn();
  const { codeVerifier } = newPkce();
  const { body } = await bench.browser().post('/login').expect(409);
  const { token } = await bench.sessions.oneTimeTokens.issue({ purpose: 'login', lifetime: '1m', userId: 'alice' });
  for (const requestToken of [token, (body as { resolutionToken: string }).resolutionToken]) {
    const answer = await bench.browser().post(path).send({ requestToken, codeVerifier }).expect(403);
    expect(problem.parse(answer.body).reason).toBe('invalid');
  }
  expect((await bench.sessions.oneTimeTokens.redeem(token, { purpose: 'login' })).status).toBe('redeemed');
});

test('a password change between the two steps: 409', async () => {
  const bench = open();
  const proof = await requested(bench);
  await bench.sessions.revokeAll('alice', { reason: 'password_changed' });
  const answer = await bench.browser().post(path).send(proof).expect(409);
  expect(problem.parse(answer.body).code).toBe('stale_sign_in');
});

test.each(['cookie', 'bearer'] as const)(
  'at the limit, and resumed after it, it goes on by %s',
  async (transport) => {
    const bench = open({ limit: { max: 1 } });
    await bench.signedIn();
    const browser = bench.browser();
    const stopped = await browser
      .post(path)
      .send(await requested(bench, { transport }))
      .expect(409);
    const { code, resolutionToken, sessions } = problem.parse(stopped.body);
    expect(code).toBe('session_limit_reached');
    const device = browser.value(deviceCookie);
    expect(device !== undefined).toBe(transport === 'cookie');
    const choice = { resolutionToken, endSessionId: sessions![0]!.id };
    const answer = await browser.post('/api/v1/sessions/limit-resolutions').send(choice).expect(200);
    expect(renewedSession.parse(answer.body).tokens !== undefined).toBe(transport === 'bearer');
    expect(browser.value(accessCookie) !== undefined).toBe(transport === 'cookie');
    expect(browser.value(deviceCookie)).toBe(device);
  },
);

test('enforceSessionLimit before the router sets the limit', async () => {
  const bench = new HttpBench({
    before: (app) =>
      mount(app, '/api/v1/sessions/token', (req, res, next) => {
        enforceSessionLimit(bench.sessions, { max: 1 })(req, res, next);
      }),
  });
  await bench.signedIn();
  await bench
    .browser()
    .post(path)
    .send(await requested(bench))
    .expect(409);
});

test('A45 A57 the body is checked: JSON, these members and no other', async () => {
  const bench = open();
  const proof = await requested(bench);
  const fieldOf = async (body: object): Promise<unknown> => {
    const answer = await bench.browser().post(path).send(body).expect(400);
    const { code, field } = problem.parse(answer.body);
    return [code, field];
  };
  expect(await fieldOf({})).toEqual(['request_invalid', 'requestToken']);
  expect(await fieldOf({ ...proof, codeVerifier: 'short' })).toEqual(['request_invalid', 'codeVerifier']);
  expect(await fieldOf({ ...proof, applicationId: 7 })).toEqual(['request_invalid', 'applicationId']);
  expect(await fieldOf({ ...proof, userId: 'root' })).toEqual(['request_invalid', 'userId']);
  await bench.browser().post(`${path}?requestToken=${proof.requestToken}`).send(proof).expect(400);
  await bench.browser().post(path).send('requestToken=x').expect(415);
  await bench.browser().get(path).expect(405);
  expect(requestTokenProof.safeParse(proof).success).toBe(true);
  await bench.browser().post(path).send(proof).expect(200);
});

test('A32 where the store does not answer: 503, and no cookie', async () => {
  const bench = open();
  const proof = await requested(bench, { transport: 'cookie' });
  for (const verb of ['findOneTime', 'consumeOneTime'] as const) {
    bench.store.failNext(verb);
    const answer = await bench.browser().post(path).send(proof).expect(503);
    expect(answer.get('Set-Cookie')).toBeUndefined();
  }
  await bench.browser().post(path).send(proof).expect(200);
});
