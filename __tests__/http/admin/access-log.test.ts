import { inspect } from 'node:util';
import { accessLogPage } from '../../../lib/contract/access-log-page';
import { isoTime } from '../../../lib/domain/iso-time';
import { mintApiSecret } from '../../../lib/tokens/api-secret';
import { mintOneTimeToken } from '../../../lib/tokens/one-time-token';
import { listenTo, signedIn } from '../../fixtures/session-bench';
import { frameworks } from '../fixtures/frameworks';
import { AdminBench } from './fixtures/admin-bench';

let bench: AdminBench;
beforeEach(() => (bench = new AdminBench()));
afterEach(() => bench.sessions.close());

const logged = async () => (await bench.sessions.access.history()).data;

describe.each(frameworks)('on $name', (framework) => {
  test('C-admin every call is logged: who, what, about whom, and how it was answered', async () => {
    const it = new AdminBench({ framework });
    const { session } = await signedIn(it.sessions, { userId: 'alice' });
    await it.call('get', '/users/alice/sessions').expect(200);
    await it.call('delete', `/users/alice/sessions/${session.id}`).expect(204);
    await it.callWithout('users:read', 'get', '/users/bob%20%2F%C3%A9/sessions').expect(403);
    await it.call('get', '/nowhere?token=x').expect(404);
    await it.call('put', '/users/alice/sessions').expect(405);
    await it.callAs(mintApiSecret(), 'get', '/users/alice/sessions').expect(401);
    const { data } = await it.sessions.access.history();
    const ip = expect.stringMatching(/^(127\.0\.0\.1|::1)$/) as unknown;
    const nobody = { userId: null, sessionId: null };
    expect(data.map(({ id: _id, at: _at, ...entry }) => entry).toReversed()).toEqual([
      { actor: 'root', operation: 'listUserSessions', status: 200, code: null, ...nobody, userId: 'alice', ip },
      {
        actor: 'root',
        operation: 'endUserSession',
        status: 204,
        code: null,
        userId: 'alice',
        sessionId: session.id,
        ip,
      },
      {
        actor: 'without-users.read',
        operation: 'listUserSessions',
        status: 403,
        code: 'insufficient_scope',
        ...nobody,
        userId: 'bob /é',
        ip,
      },
      { actor: 'root', operation: null, status: 404, code: 'not_found', ...nobody, ip },
      { actor: 'root', operation: null, status: 405, code: 'method_not_allowed', ...nobody, userId: 'alice', ip },
      {
        actor: null,
        operation: 'listUserSessions',
        status: 401,
        code: 'secret_invalid',
        ...nobody,
        userId: 'alice',
        ip,
      },
    ]);
    await it.sessions.close();
  });
});

test('A64 the event tells of each call as the log does, once it is logged', async () => {
  const heard = listenTo(bench.sessions);
  await bench.call('get', '/users/alice/sessions').expect(200);
  await bench.callAs(mintApiSecret(), 'get', '/nowhere').expect(401);
  const events = heard.filter(({ name }) => name === 'admin.called').map(({ event }) => event);
  expect(events).toEqual((await logged()).toReversed().map((entry) => ({ entry })));
  expect((await logged())[0]!.at).toBe(isoTime(bench.time.now()));
});

test('a call that fails by a fault of ours is logged as 500', async () => {
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation();
  bench.store.interceptNext('list', () => Promise.reject(new TypeError('a bug')));
  await bench.call('get', '/users/alice/sessions').expect(500);
  expect(await logged()).toMatchObject([{ actor: 'root', status: 500, code: 'internal_error' }]);
  expect(warned).toHaveBeenCalledTimes(1);
  warned.mockRestore();
});

test('A32 what cannot be logged is not answered: 503, and nothing is disclosed', async () => {
  const { session } = await signedIn(bench.sessions, { userId: 'alice' });
  for (const path of ['/users/alice/sessions', `/sessions/${session.id}`, '/nowhere']) {
    bench.store.failNext('logAccess');
    const answer = await bench.call('get', path).expect(503);
    expect(answer.body).toMatchObject({ code: 'store_unavailable' });
    expect(answer.text).not.toContain(session.id);
  }
  expect(await logged()).toEqual([]);
});

test('A65 no token and no secret gets into the log, wherever it was sent', async () => {
  const { tokens, session } = await signedIn(bench.sessions);
  const all = [tokens.accessToken, tokens.refreshToken, mintApiSecret(), mintOneTimeToken('0f8').token];
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const heard = listenTo(bench.sessions);
  for (const token of all) {
    await bench.callAs(token, 'get', `/nowhere/${token}?access_token=${token}`);
    await bench.call('get', `/sessions/${token}?cursor=${token}`);
    await bench.call('get', `/users/${token}/sessions`).expect(200);
    await bench.call('get', `/users/Bearer%20${token.slice(0, -1)}/history`).expect(200);
    for (const path of ['/introspect', '/revoke']) {
      await bench.call('post', path, form).send(`token=${token}&token_type_hint=${token}`).expect(200);
    }
  }
  const told = inspect([await logged(), heard], { depth: 20, maxArrayLength: null });
  for (const token of all) expect(told).not.toContain(token.slice(4, 40));
  expect(told).toContain(session.id);
});

test('a path that holds no id leaves none in the log', async () => {
  const long = 'x'.repeat(513);
  await bench.call('get', `/users/${long}/sessions`);
  await bench.call('get', `/users/${'x'.repeat(512)}/sessions`).expect(200);
  await bench.call('get', '/sessions/not-an-id');
  expect((await logged()).map(({ userId, sessionId }) => [userId, sessionId])).toEqual([
    [null, null],
    ['x'.repeat(512), null],
    [null, null],
  ]);
});

describe('GET /access-log', () => {
  test('gives page after page, of all or of one actor; reading it is a call too', async () => {
    for (let count = 0; count < 5; count++) {
      await bench.call('get', '/users/alice/sessions').expect(200);
      await bench.callWith('users:read', 'get', '/users/bob/sessions').expect(200);
    }
    const read = async (query: string) =>
      accessLogPage.parse((await bench.callWith('audit:read', 'get', `/access-log?${query}`).expect(200)).body);
    const first = await read('limit=3');
    expect(first.data.map(({ actor }) => actor)).toEqual(['only-users.read', 'root', 'only-users.read']);
    const second = await read(`limit=3&cursor=${first.nextCursor}`);
    expect(second.data.map(({ actor }) => actor)).toEqual(['root', 'only-users.read', 'root']);
    const own = await read('limit=4&actor=root');
    expect(own.data.map(({ userId }) => userId)).toEqual(['alice', 'alice', 'alice', 'alice']);
    const rest = await read(`limit=4&actor=root&cursor=${own.nextCursor}`);
    expect([rest.data.length, rest.nextCursor]).toEqual([1, null]);
    const [newest] = (await read('limit=1')).data;
    expect(newest).toMatchObject({ actor: 'only-audit.read', operation: 'showAccessLog', userId: null });
  });

  test('refuses a cursor that is forged, or of a page of others', async () => {
    for (let count = 0; count < 3; count++) await bench.call('get', '/users/alice/sessions');
    const { body } = await bench.call('get', '/access-log?limit=1').expect(200);
    const { nextCursor } = accessLogPage.parse(body);
    const forged = Buffer.from(JSON.stringify(['1-1'])).toString('base64url');
    for (const query of [`cursor=${forged}`, 'cursor=1-1', `actor=root&cursor=${nextCursor}`, 'cursor=']) {
      const answer = await bench.call('get', `/access-log?${query}`).expect(400);
      expect(answer.body).toMatchObject({ code: 'request_invalid', field: 'cursor' });
    }
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['actor=', 'actor'],
    ['user=alice', 'user'],
    ['limit=1&limit=2', 'limit'],
  ])('A57 refuses %s, naming it', async (query, field) => {
    const { body } = await bench.call('get', `/access-log?${query}`).expect(400);
    expect(body).toMatchObject({ code: 'request_invalid', field });
  });

  test('takes its scope', async () => {
    await bench.callWithout('audit:read', 'get', '/access-log').expect(403);
    await bench.callWith('audit:read', 'get', '/access-log').expect(200);
  });
});
