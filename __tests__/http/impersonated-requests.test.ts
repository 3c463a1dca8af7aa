import {
  authenticate,
  confirmLogin,
  findSession,
  forceLogoutOnPasswordChange,
  passwordChanged,
  requireRecentLogin,
  requireSession,
  rotateTokens,
  type SessionManager,
} from '../../lib';
import { problem } from '../../lib/contract/problem';
import { refusalOf } from '../fixtures/refusal-of';
import { listenTo } from '../fixtures/session-bench';
import { frameworks, type Handler, mount, type TestApp } from './fixtures/frameworks';
import { HttpBench, parameters } from './fixtures/http-bench';
import { ImpersonationBench } from './fixtures/impersonation-bench';

const own = '/api/v1/sessions';
const forbidden = { code: 'forbidden_while_impersonating', status: 403, title: 'Not allowed while impersonating' };
const changed = jest.fn();

/** What an app has that is left to its users. */
function routes(app: TestApp, sessions: SessionManager): void {
  const done: Handler = (_req, res) => res.end('done');
  const change: Handler = (_req, res) => {
    changed();
    res.end('changed');
  };
  mount(app, '/billing', requireSession(sessions, { allowImpersonation: false }), done);
  mount(app, '/optional', requireSession(sessions, { allowImpersonation: false, optional: true }), done);
  mount(app, '/behind', requireSession(sessions), requireSession(sessions, { allowImpersonation: false }), done);
  mount(app, '/denied', requireSession(sessions, { allowImpersonation: false, onDenied: tell }), done);
  mount(app, '/transfer', requireRecentLogin(sessions, { within: '400d' }), done);
  mount(app, '/force', requireSession(sessions), forceLogoutOnPasswordChange(sessions), change);
  const ofUser = { userId: () => 'alice', keepCurrent: false };
  mount(app, '/force-user', requireSession(sessions), forceLogoutOnPasswordChange(sessions, ofUser), change);
  for (const [path, work] of Object.entries({
    '/changed': (req, res) => passwordChanged(sessions, req, res),
    '/changed-user': (req, res) => passwordChanged(sessions, req, res, { userId: 'bob', keepCurrent: false }),
    '/confirm': (req, res) => confirmLogin(sessions, req, res),
    '/promote': (req, res) => rotateTokens(sessions, req, res),
  } satisfies Record<string, Work>)) {
    mount(app, path, requireSession(sessions), async (req, res) => {
      await work(req, res);
      res.end('done');
    });
  }
  mount(app, '/socket', async (req, res) => {
    const outcome = await authenticate(sessions, req, { allowImpersonation: !parameters(req).has('users') });
    const { status } = outcome;
    const code = 'error' in outcome ? outcome.error.code : null;
    res.end(JSON.stringify({ status, code, attached: findSession(req) !== undefined }));
  });
}

type Work = (req: Parameters<Handler>[0], res: Parameters<Handler>[1]) => Promise<unknown>;

function tell(req: Parameters<Handler>[0], res: Parameters<Handler>[1], _next: unknown, error: Error): void {
  res.end(JSON.stringify({ told: error.message, attached: findSession(req) !== undefined }));
}

describe.each(frameworks)('an impersonated session on $name', (framework) => {
  const matrix: [method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: object][] = [
    ['get', '/billing'],
    ['get', '/optional'],
    ['get', '/behind'],
    ['get', '/transfer'],
    ['post', '/force'],
    ['post', '/force-user'],
    ['post', '/changed'],
    ['post', '/changed-user'],
    ['post', '/confirm'],
    ['post', '/promote'],
    ['post', '/act?user=bob'],
    ['delete', own],
    ['delete', `${own}?scope=all`],
    ['delete', `${own}/{other}`],
    ['patch', `${own}/{other}`, { trusted: true }],
    ['patch', `${own}/{current}`, { name: 'mine' }],
    ['patch', `${own}/current`, { name: 'mine' }],
  ];

  // Jest takes a parameter that no row fills for a callback.
  const rows = matrix.map(([method, path, body]) => [method, path, body ?? null] as const);
  test.each(rows)('A76 is refused %s %s, before anything happens', async (method, path, body) => {
    const bench = new ImpersonationBench({ framework, routes });
    const user = await bench.signedIn();
    await bench.signedIn('user=bob');
    const { acting } = await bench.actingBearer();
    const browser = await bench.acting();
    for (const headers of [acting, undefined]) {
      const client = headers ? bench.browser() : browser;
      const { body: shown } = await client.get('/me', headers).expect(200);
      const ids = (await bench.sessions.list('alice')).data;
      const current = (shown as { session: { id: string } }).session.id;
      const other = ids.find(({ actor }) => actor === undefined)!.id;
      const before = await everything(bench);
      const heard = listenTo(bench.sessions);
      changed.mockClear();
      const url = path.replace('{other}', other).replace('{current}', current);
      const request = client.send(method, url, headers);
      const answer = await (body ? request.send(body) : request);
      expect(answer.status).toBe(403);
      expect(problem.parse(answer.body)).toMatchObject(forbidden);
      expect(answer.get('Set-Cookie')).toBeUndefined();
      expect(answer.get('Cache-Control')).toBe('no-store');
      expect(changed).not.toHaveBeenCalled();
      expect(heard).toEqual([]);
      expect(await everything(bench)).toEqual(before);
    }
    await user.get('/me').expect(200);
  });

  test('A76 may look, and check its token', async () => {
    const bench = new ImpersonationBench({ framework, routes });
    const browser = await bench.acting();
    const { id } = (await bench.sessions.list('alice')).data[0]!;
    for (const path of ['', '/current', `/${id}`, '/activity']) await browser.get(own + path).expect(200);
    await browser.send('head', own).expect(200);
    expect((await browser.post(`${own}/validate`).expect(200)).body).toMatchObject({ active: true });
    expect((await browser.get(`${own}/current`).expect(200)).body).toMatchObject({
      session: { actor: { id: 'support-7' }, current: true },
    });
  });

  const leaving: [method: 'post' | 'delete', path: string][] = [
    ['post', '/logout'],
    ['delete', `${own}/current`],
    ['delete', `${own}/{current}`],
  ];
  test.each(leaving)('A75 may end itself with %s %s, as the impersonator’s doing', async (method, path) => {
    const bench = new ImpersonationBench({ framework, routes });
    const user = await bench.signedIn();
    const browser = await bench.acting();
    const { id } = (await bench.sessions.list('alice')).data.find(({ actor }) => actor)!;
    const heard = listenTo(bench.sessions);
    const answer = await browser.send(method, path.replace('{current}', id));
    expect([200, 204]).toContain(answer.status);
    expect(browser.tokenCookies()).toEqual([]);
    const actor = { type: 'impersonator', id: 'support-7' };
    const reason = 'signed_out';
    expect(heard).toMatchObject([{ name: 'session.ended', event: { session: { id }, actor, reason } }]);
    expect((await bench.sessions.history('alice')).data[0]).toMatchObject({ actor, reason, sessionId: id });
    await user.get('/me').expect(200);
  });

  test('A76 onDenied answers in place of the problem, and the handler behind it sees no session', async () => {
    const bench = new ImpersonationBench({ framework, routes });
    const browser = await bench.acting();
    const { text } = await browser.get('/denied').expect(200);
    expect(JSON.parse(text)).toEqual({ told: forbidden.title, attached: false });
  });

  test('A76 authenticate admits it, unless told not to', async () => {
    const bench = new ImpersonationBench({ framework, routes });
    const browser = await bench.acting();
    expect(JSON.parse((await browser.get('/socket').expect(200)).text)).toMatchObject({ status: 'active' });
    expect(JSON.parse((await browser.get('/socket?users').expect(200)).text)).toEqual({
      status: 'refused',
      code: forbidden.code,
      attached: false,
    });
    const user = await bench.signedIn();
    expect(JSON.parse((await user.get('/socket?users').expect(200)).text)).toMatchObject({ status: 'active' });
  });

  test('A76 none of it is refused to the user, nor to the administrator in their own session', async () => {
    const bench = new ImpersonationBench({ framework, routes });
    const { own: admin } = await bench.actingBearer();
    const user = await bench.signedIn();
    for (const path of ['/billing', '/optional', '/behind', '/transfer']) {
      await user.get(path).expect(200);
      await bench.browser().get(path, admin).expect(200);
    }
    for (const path of ['/force', '/changed', '/confirm', '/promote']) await user.post(path).expect(200);
    await user.send('patch', `${own}/current`).send({ name: 'mine' }).expect(200);
    await user.send('delete', own).expect(200);
  });
});

test('A76 a user’s change of password ends it', async () => {
  const bench = new ImpersonationBench({ routes });
  const { acting } = await bench.actingBearer();
  const user = await bench.signedIn();
  await user.post('/force').expect(200);
  expect((await bench.browser().get('/me', acting).expect(401)).body).toMatchObject({ reason: 'password_changed' });
});

test('A76 a user may end it one by one, and with the others', async () => {
  const bench = new ImpersonationBench({ routes });
  const user = await bench.signedIn();
  const [one, other] = [await bench.actingBearer(), await bench.actingBearer()];
  const { data } = await bench.sessions.list('alice');
  await user.send('delete', `${own}/${data.find(({ actor }) => actor)!.id}`).expect(204);
  expect((await user.send('delete', own).expect(200)).body).toEqual({ ended: 1 });
  for (const { acting } of [one, other]) await bench.browser().get('/me', acting).expect(401);
  expect((await bench.sessions.history('alice')).data[0]).toMatchObject({ actor: { type: 'user' } });
});

test('with a near cache it is admitted and refused as without', async () => {
  const bench = new ImpersonationBench({ routes, options: { nearCache: {} } });
  const { acting, own: admin } = await bench.actingBearer();
  for (let count = 0; count < 3; count++) {
    await bench.browser().get('/me', acting).expect(200);
    await bench.browser().get('/billing', acting).expect(403);
  }
  await bench.browser().post('/logout', admin).expect(200);
  await bench.browser().get('/me', acting).expect(401);
});

test('A32 is 503 and no refusal where the second read fails', async () => {
  const bench = new ImpersonationBench({ routes });
  const { acting } = await bench.actingBearer();
  bench.store.interceptNext('find', (proceed) => proceed());
  bench.store.failNext('find');
  const answer = await bench.browser().get('/me', acting).expect(503);
  expect(answer.body).toMatchObject({ code: 'store_unavailable' });
  await bench.browser().get('/me', acting).expect(200);
});

test.each(['requireSession', 'authenticate'])('%s wants allowImpersonation to be true or false', async (name) => {
  const { sessions } = new HttpBench();
  const options = { allowImpersonation: 'no' } as never;
  const error =
    name === 'requireSession'
      ? refusalOf(() => requireSession(sessions, options))
      : await authenticate(sessions, {} as never, options).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'options_invalid',
    message: `${name}.allowImpersonation: expected true or false, got 'no'`,
  });
});

/** All that is stored of the people here. */
async function everything({ sessions }: HttpBench): Promise<unknown> {
  await sessions.flush();
  const people = ['alice', 'bob', 'root'];
  return Promise.all(
    people.map(async (userId) => [
      await sessions.list(userId, { include: 'ended' }),
      await sessions.history(userId),
    ]),
  );
}
