import { z } from 'zod';
import { activityPage } from '../../lib/contract/activity-page';
import { endedSessions } from '../../lib/contract/ended-sessions';
import { oneSession } from '../../lib/contract/one-session';
import { problem } from '../../lib/contract/problem';
import { renewedSession } from '../../lib/contract/renewed-session';
import { sessionPage } from '../../lib/contract/session-page';
import { unconfirmedEnd } from '../../lib/contract/unconfirmed-end';
import { validation } from '../../lib/contract/validation';
import type { Browser } from './fixtures/browser';
import { frameworks } from './fixtures/frameworks';
import { HttpBench } from './fixtures/http-bench';

const base = '/api/v1/sessions';
const minute = 60_000;
const options = { expose: ['plan'] };

async function idOf(browser: Browser): Promise<string> {
  const { body } = await browser.get(`${base}/current`).expect(200);
  return oneSession.parse(body).session.id;
}

describe.each(frameworks)('sessionRouter on $name', (framework) => {
  let bench: HttpBench;
  let browser: Browser;
  let other: Browser;

  beforeEach(async () => {
    bench = new HttpBench({ framework, options });
    [browser, other] = [await bench.signedIn(), await bench.signedIn()];
  });

  test('A72: GET / lists own sessions, marks the current one, and shows no secret', async () => {
    await bench.signedIn('user=bob');
    const { body, text } = await browser.get(base).expect(200);
    const page = sessionPage.parse(body);
    expect(page.data.map(({ userId }) => userId)).toEqual(['alice', 'alice']);
    expect(page.data.filter(({ current }) => current).map(({ id }) => id)).toEqual([await idOf(browser)]);
    expect(text).not.toMatch(/s[aro]t_/);
  });

  test('GET /?include=ended adds the ended ones with their reasons', async () => {
    await other.post('/logout').expect(200);
    const { body } = await browser.get(`${base}?include=ended`).expect(200);
    expect(sessionPage.parse(body).data.map(({ reason }) => reason)).toEqual([undefined, 'signed_out']);
  });

  test('GET / comes in pages', async () => {
    const first = sessionPage.parse((await browser.get(`${base}?limit=1`).expect(200)).body);
    expect(first.data).toHaveLength(1);
    const rest = sessionPage.parse(
      (await browser.get(`${base}/?limit=1&cursor=${first.nextCursor}`).expect(200)).body,
    );
    expect(rest.data).toHaveLength(1);
    expect(rest.data[0]!.id).not.toBe(first.data[0]!.id);
  });

  test('shows of data only what the app exposes', async () => {
    for (const path of [`${base}/current`, `${base}/${await idOf(browser)}`]) {
      expect(oneSession.parse((await browser.get(path)).body).session.data).toEqual({ plan: 'gold' });
    }
    const { body } = await browser.get(base);
    expect(sessionPage.parse(body).data.map(({ data }) => data)).toEqual([{ plan: 'gold' }, { plan: 'gold' }]);
  });

  test('GET /current shows this session with all its deadlines', async () => {
    const { session } = oneSession.parse((await browser.get(`${base}/current`).expect(200)).body);
    expect(session).toMatchObject({ current: true, userId: 'alice', device: { browser: 'Firefox', os: 'Linux' } });
    expect(Object.keys(session.deadlines)).toEqual(['access', 'refresh', 'idle', 'absolute']);
  });

  test('PATCH /current renames this device', async () => {
    const { body } = await browser.send('patch', `${base}/current`).send({ name: 'Work laptop' }).expect(200);
    expect(oneSession.parse(body).session).toMatchObject({ current: true, device: { name: 'Work laptop' } });
    await browser.send('patch', `${base}/current`).send({ name: null }).expect(200);
  });

  test('PATCH /:id renames and trusts another device of one’s own', async () => {
    const id = await idOf(other);
    const { body } = await browser
      .send('patch', `${base}/${id}`)
      .send({ name: 'Phone', trusted: true })
      .expect(200);
    expect(oneSession.parse(body).session).toMatchObject({
      id,
      current: false,
      trusted: true,
      device: { name: 'Phone' },
    });
    expect((await browser.get(`${base}/${id}`).expect(200)).body).toMatchObject({ session: { trusted: true } });
  });

  test('a device trusted there stays when the untrusted ones are ended', async () => {
    await browser
      .send('patch', `${base}/${await idOf(other)}`)
      .send({ trusted: true })
      .expect(200);
    expect(await bench.sessions.revokeUntrusted('alice')).toMatchObject({ count: 1 });
    await other.get('/me').expect(200);
    expect((await browser.get('/me').expect(401)).body).toMatchObject({ reason: 'untrusted' });
  });

  test('DELETE /:id ends another device: it is refused on its next request and told why', async () => {
    const answer = await browser.send('delete', `${base}/${await idOf(other)}`).expect(204);
    expect(answer.text).toBe('');
    expect(answer.get('Set-Cookie')).toBeUndefined();
    expect((await other.get('/me').expect(401)).body).toMatchObject({ reason: 'revoked' });
    await browser.get('/me').expect(200);
  });

  test('DELETE /:id of the session that asks is a sign-out', async () => {
    const before = browser.tab();
    await browser.send('delete', `${base}/${await idOf(browser)}`).expect(204);
    expect(browser.tokenCookies()).toEqual([]);
    expect((await before.get('/me').expect(401)).body).toMatchObject({ reason: 'signed_out' });
  });

  test('DELETE /:id by a bearer client sets no cookie', async () => {
    const { accessToken } = await bench.bearer();
    const headers = { Authorization: `Bearer ${accessToken}` };
    const { body } = await bench.browser().get(`${base}/current`, headers).expect(200);
    const { id } = oneSession.parse(body).session;
    const answer = await bench.browser().send('delete', `${base}/${id}`, headers).expect(204);
    expect(answer.get('Set-Cookie')).toBeUndefined();
  });

  test('DELETE /current signs out, and once more is no error', async () => {
    const [again, before] = [browser.tab(), browser.tab()];
    await browser.send('delete', `${base}/current`).expect(204);
    expect(browser.tokenCookies()).toEqual([]);
    await again.send('delete', `${base}/current`).expect(204);
    expect((await before.get('/me').expect(401)).body).toMatchObject({ reason: 'signed_out' });
  });

  test('DELETE / ends the others unless told otherwise', async () => {
    const { body } = await browser.send('delete', base).expect(200);
    expect(endedSessions.parse(body)).toEqual({ ended: 1 });
    await browser.get('/me').expect(200);
    expect((await other.get('/me').expect(401)).body).toMatchObject({ reason: 'revoked_all' });
  });

  test('DELETE /?scope=all ends this one too, and clears its cookies', async () => {
    const { body } = await browser.send('delete', `${base}/?scope=all`).expect(200);
    expect(endedSessions.parse(body)).toEqual({ ended: 2 });
    expect(browser.tokenCookies()).toEqual([]);
    await other.get('/me').expect(401);
  });

  test('POST /refresh with a token in the body answers with tokens, and sets no cookie', async () => {
    const { refreshToken } = await bench.bearer();
    const answer = await bench.browser().post(`${base}/refresh`).send({ refreshToken }).expect(200);
    const { session, tokens } = renewedSession.parse(answer.body);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    expect(session).toMatchObject({ current: true, data: { plan: 'gold' } });
    await bench
      .browser()
      .get('/me', { Authorization: `Bearer ${tokens!.accessToken}` })
      .expect(200);
  });

  test('A13: POST /refresh with the cookie answers with cookies, and no token in the body', async () => {
    bench.time.advance(16 * minute);
    const answer = await browser.post(`${base}/refresh`).expect(200);
    expect(renewedSession.parse(answer.body)).not.toHaveProperty('tokens');
    expect(answer.get('Set-Cookie')).toHaveLength(2);
    await browser.get('/me').expect(200);
  });

  test('POST /validate says how long the access token still counts, and changes nothing', async () => {
    const { accessToken, accessExpiresAt } = await bench.bearer();
    const headers = { Authorization: `Bearer ${accessToken}` };
    bench.time.advance(10 * minute);
    const calls = await bench.store.callsDuring(async () => {
      const { body } = await bench.browser().post(`${base}/validate`, headers).expect(200);
      expect(validation.parse(body)).toEqual({ active: true, expiresAt: accessExpiresAt });
      await bench.sessions.flush();
    });
    expect(calls.filter((verb) => verb !== 'touch')).toEqual(['find']);
    bench.time.advance(5 * minute);
    const { body } = await bench.browser().post(`${base}/validate`, headers).expect(401);
    expect(body).toMatchObject({ code: 'token_expired' });
  });

  test('GET /activity is the own history, newest first', async () => {
    const { body } = await browser.get(`${base}/activity?limit=2`).expect(200);
    const page = activityPage.parse(body);
    expect(page.data.map(({ event }) => event)).toEqual(['session_created', 'session_created']);
    const { body: rest } = await browser.get(`${base}/activity?cursor=${page.nextCursor ?? ''}`);
    expect(activityPage.safeParse(rest).success || page.nextCursor === null).toBe(true);
  });

  test('GET /activity tells that an administrator did it, not which one', async () => {
    const actor = { type: 'admin', id: 'root@example.com' } as const;
    await bench.sessions.revoke(await idOf(other), { reason: 'admin', actor });
    const answer = await browser.get(`${base}/activity?limit=1`).expect(200);
    expect(activityPage.parse(answer.body).data).toMatchObject([{ reason: 'admin', actor: { type: 'admin' } }]);
    expect(answer.text).not.toContain('root@example.com');
  });

  test('C-IDOR: another user’s session answers exactly as one that never was', async () => {
    const stranger = await bench.signedIn('user=bob');
    const ids = [await idOf(stranger), '3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'no-id', '%2e%2e', 'x.css'];
    for (const method of ['get', 'patch', 'delete'] as const) {
      const answers = [];
      for (const id of ids) {
        const request = browser.send(method, `${base}/${id}`);
        answers.push(await (method === 'patch' ? request.send({ trusted: true }) : request).expect(404));
      }
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(answers[0]!.body).toMatchObject({ code: 'not_found' });
    }
    await stranger.get('/me').expect(200);
  });

  test('A32 B2: a store that is down is 503 everywhere, and never clears a cookie', async () => {
    for (const [verb, method, path] of [
      ['find', 'get', ''],
      ['list', 'get', ''],
      ['revoke', 'delete', '/current'],
      ['revokeAll', 'delete', '?scope=all'],
      ['rotate', 'post', '/refresh'],
      ['find', 'post', '/validate'],
      ['history', 'get', '/activity'],
    ] as const) {
      bench.store.failNext(verb);
      const answer = await browser.send(method, `${base}${path}`).expect(503);
      expect(problem.parse(answer.body)).toMatchObject({ code: 'store_unavailable' });
      expect(answer.get('Retry-After')).toMatch(/^\d+$/);
      expect(answer.get('Set-Cookie')).toBeUndefined();
    }
  });

  test('A42: another site changes nothing', async () => {
    const crossSite = { 'Sec-Fetch-Site': 'cross-site' };
    for (const [method, path] of [
      ['delete', ''],
      ['delete', '/current'],
      ['delete', `/${await idOf(other)}`],
      ['patch', '/current'],
      ['post', '/refresh'],
      ['post', '/validate'],
    ] as const) {
      await browser.send(method, `${base}${path}`, crossSite).expect(403);
    }
    await other.get('/me').expect(200);
  });

  test('a renewal on the way is delivered with the answer', async () => {
    bench.time.advance(16 * minute);
    expect((await browser.get(base).expect(200)).get('Set-Cookie')).toHaveLength(2);
  });

  test('a bug is 500 without a word of it, and a warning to the operator', async () => {
    const warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const bugs: unknown[] = [new RangeError('inside'), 'inside'];
    for (const bug of bugs) {
      bench.store.interceptNext('list', async () => {
        throw bug as Error;
      });
      const answer = await browser.get(base).expect(500);
      expect(problem.parse(answer.body)).toMatchObject({ code: 'internal_error' });
      expect(answer.text).not.toContain('inside');
    }
    expect(warnings).toHaveBeenCalledTimes(2);
    expect(warnings.mock.calls[0]![0]).toContain('inside');
    warnings.mockRestore();
  });
});

describe('every route', () => {
  const routes = [
    ['get', ''],
    ['delete', ''],
    ['get', '/current'],
    ['patch', '/current'],
    ['delete', '/current'],
    ['get', '/3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
    ['patch', '/3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
    ['delete', '/3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
    ['post', '/refresh'],
    ['post', '/validate'],
    ['get', '/activity'],
  ] as const;

  test.each(routes)('A51 A52 A54: %s %s refuses strangers with the bare challenge', async (method, path) => {
    const answer = await new HttpBench()
      .browser()
      .send(method, base + path)
      .expect(401);
    expect(problem.parse(answer.body).code).toBe('no_session');
    expect(answer.get('WWW-Authenticate')).toBe('Bearer');
    expect(answer.get('Cache-Control')).toBe('no-store');
    expect(answer.get('X-Content-Type-Options')).toBe('nosniff');
  });

  test.each(routes)(
    'A54 C-cache: %s %s answers what no cache keeps and no browser guesses at',
    async (method, path) => {
      const browser = await new HttpBench().signedIn();
      const answer = await browser.send(method, base + path);
      expect(answer.get('Cache-Control')).toBe('no-store');
      expect(answer.get('X-Content-Type-Options')).toBe('nosniff');
    },
  );

  test.each(routes)('%s %s refuses a query parameter that it does not know, and names it', async (method, path) => {
    const browser = await new HttpBench().signedIn();
    const { body } = await browser.send(method, `${base}${path}?hello=1`).expect(400);
    expect(problem.parse(body)).toMatchObject({ code: 'request_invalid', field: 'hello' });
  });

  test.each(routes)('A49: %s %s takes no token from the URL', async (method, path) => {
    const bench = new HttpBench();
    const { accessToken } = await bench.bearer();
    const { status } = await bench.browser().send(method, `${base}${path}?access_token=${accessToken}`);
    expect([400, 401]).toContain(status);
  });

  test.each([
    ['', 'GET, HEAD, DELETE, OPTIONS'],
    ['/current', 'GET, HEAD, PATCH, DELETE, OPTIONS'],
    ['/3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'GET, HEAD, PATCH, DELETE, OPTIONS'],
    ['/refresh', 'POST, OPTIONS'],
    ['/validate', 'POST, OPTIONS'],
    ['/activity', 'GET, HEAD, OPTIONS'],
  ])('A55: %s refuses other methods with 405, and says which it has', async (path, allow) => {
    const bench = new HttpBench();
    const refused = await bench
      .browser()
      .send('put', base + path)
      .expect(405);
    expect(refused.get('Allow')).toBe(allow);
    expect(problem.parse(refused.body).code).toBe('method_not_allowed');
    const told = await bench
      .browser()
      .send('options', base + path)
      .expect(204);
    expect(told.get('Allow')).toBe(allow);
    // A48
    expect(Object.keys(told.headers as object).join()).not.toContain('access-control');
    expect(bench.store.calls).toEqual([]);
  });

  test('HEAD answers as GET, without the body', async () => {
    const browser = await new HttpBench().signedIn();
    const [head, get] = [await browser.send('head', base).expect(200), await browser.get(base).expect(200)];
    expect(head.text).toBeUndefined();
    expect(head.get('Content-Length')).toBe(get.get('Content-Length'));
  });

  test.each(['/current/x', '/a/b', '/current//', '/refresh/x?y'])('%s is not there', async (path) => {
    const answer = await new HttpBench()
      .browser()
      .get(base + path)
      .expect(404);
    expect(problem.parse(answer.body).code).toBe('not_found');
  });

  test('a slash at the end makes no difference', async () => {
    const browser = await new HttpBench().signedIn();
    await browser.get(`${base}/current/`).expect(200);
  });
});

describe('query parameters', () => {
  test.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['include=all', 'include'],
    ['cursor=', 'cursor'],
    ['cursor=x', 'cursor'],
    ['cursor=%00', 'cursor'],
    [`cursor=${'x'.repeat(600)}`, 'cursor'],
    ['scope=all', 'scope'],
    ['__proto__=1', '__proto__'],
    ['constructor=1', 'constructor'],
  ])('A57: GET /?%s is refused, by its %s', async (query, field) => {
    const browser = await new HttpBench().signedIn();
    const { body } = await browser.get(`${base}?${query}`).expect(400);
    expect(problem.parse(body)).toMatchObject({ code: 'request_invalid', field });
  });

  test('DELETE /?scope= takes others and all', async () => {
    const browser = await new HttpBench().signedIn();
    const { body } = await browser.send('delete', `${base}?scope=mine`).expect(400);
    expect(problem.parse(body)).toMatchObject({ field: 'scope' });
    await browser.send('delete', `${base}?scope=others`).expect(200);
  });

  test('a name that could be no field is not repeated', async () => {
    const browser = await new HttpBench().signedIn();
    const { body, text } = await browser.get(`${base}?%3Cscript%3E=1`).expect(400);
    expect(problem.parse(body)).not.toHaveProperty('field');
    expect(text).not.toContain('script');
  });
});

describe('POST /refresh', () => {
  test('without any token is no_session', async () => {
    const bench = new HttpBench();
    const { body } = await bench.browser().post(`${base}/refresh`).send({}).expect(401);
    expect(problem.parse(body).code).toBe('no_session');
  });

  test('with the access cookie alone is no_session', async () => {
    const browser = await new HttpBench().signedIn();
    browser.forget('__Host-sk-refresh');
    expect(problem.parse((await browser.post(`${base}/refresh`).expect(401)).body).code).toBe('no_session');
  });

  test.each([
    ['an access token (A4)', ({ accessToken }: { accessToken: string }) => accessToken],
    ['a token of 60 kB (A56)', () => `srt_${'A'.repeat(60_000)}`],
    ['something else', () => 'x'],
    ['nothing', () => ''],
  ])('with %s is token_invalid, and the store is not asked', async (_name, pick) => {
    const bench = new HttpBench();
    const refreshToken = pick(await bench.bearer());
    const calls = await bench.store.callsDuring(async () => {
      const answer = await bench.browser().post(`${base}/refresh`).send({ refreshToken }).expect(401);
      expect(problem.parse(answer.body).code).toBe('token_invalid');
      expect(answer.get('WWW-Authenticate')).toBe('Bearer error="invalid_token"');
    });
    expect(calls).toEqual([]);
  });

  test('A24: with a spent token ends the session, and says so', async () => {
    const bench = new HttpBench();
    const { refreshToken } = await bench.bearer();
    const refresh = (token: string) => bench.browser().post(`${base}/refresh`).send({ refreshToken: token });
    const { tokens } = renewedSession.parse((await refresh(refreshToken).expect(200)).body);
    await refresh(tokens!.refreshToken!).expect(200);
    const { body } = await refresh(refreshToken).expect(401);
    expect(problem.parse(body)).toMatchObject({ code: 'session_revoked', reason: 'token_reuse' });
  });

  test('a cookie whose session is over is refused, and left in place', async () => {
    const bench = new HttpBench();
    const browser = await bench.signedIn();
    bench.time.advance(60 * minute);
    const answer = await browser.post(`${base}/refresh`).expect(401);
    expect(problem.parse(answer.body).code).toBe('session_expired');
    expect(answer.get('Set-Cookie')).toBeUndefined();
  });
});

describe('POST /validate', () => {
  test('counts to whichever limit strikes first', async () => {
    const bench = new HttpBench({ options: { lifetimes: { accessToken: '1h', idle: '10m' } } });
    const browser = await bench.signedIn();
    const { body } = await browser.post(`${base}/validate`).expect(200);
    const { session } = oneSession.parse((await browser.get(`${base}/current`)).body);
    expect(validation.parse(body).expiresAt).toBe(session.deadlines.idle);
  });

  test('tells of the token shown: one that was replaced runs out after the grace', async () => {
    const bench = new HttpBench();
    const { sessions } = bench;
    const created = await sessions.create({ userId: 'alice' });
    if (created.status !== 'created') throw created.error;
    const { accessToken, refreshToken } = created.tokens;
    await sessions.refresh(refreshToken!);
    const { body } = await bench.browser().post(`${base}/validate`, { Authorization: `Bearer ${accessToken}` });
    const expected = (await sessions.now()) + 10_000;
    expect(Date.parse(validation.parse(body).expiresAt)).toBeLessThanOrEqual(expected);
  });

  test('never renews: it is asked about this token', async () => {
    const bench = new HttpBench();
    const browser = await bench.signedIn();
    bench.time.advance(16 * minute);
    const answer = await browser.post(`${base}/validate`).expect(401);
    expect(problem.parse(answer.body).code).toBe('token_expired');
    expect(answer.get('Set-Cookie')).toBeUndefined();
  });
});

describe('where replicas did not confirm the end', () => {
  const undurable = async (
    verb: 'revoke' | 'revokeAll',
    path: string,
  ): Promise<{ status: number; body: unknown }> => {
    const bench = new HttpBench();
    const [browser, other] = [await bench.signedIn(), await bench.signedIn()];
    const id = await idOf(other);
    bench.store.interceptNext(verb, async (proceed) => ({ ...((await proceed()) as object), durable: false }));
    return browser.send('delete', base + path.replace(':id', id));
  };

  test.each([
    ['revoke', '/current', { durable: false }],
    ['revoke', '/:id', { durable: false }],
    ['revokeAll', '?scope=others', { ended: 1, durable: false }],
  ] as const)('B4: %s through DELETE %s is 202 and says so', async (verb, path, expected) => {
    const { status, body } = await undurable(verb, path);
    expect(status).toBe(202);
    expect(z.union([unconfirmedEnd, endedSessions]).parse(body)).toEqual(expected);
  });
});
