import type { IncomingMessage } from 'node:http';
import type { AdminActor, AdminGuardOptions } from '../../../../lib';
import { adminScopes } from '../../../../lib/domain/admin-scope';
import { apiSecretHash, mintApiSecret } from '../../../../lib/tokens/api-secret';
import { listenTo } from '../../../fixtures/session-bench';
import { AdminBench } from '../fixtures/admin-bench';

const path = '/users/alice/sessions';
const support = mintApiSecret();
const secrets = [{ id: 'support', hash: apiSecretHash(support)!, scopes: ['users:read'] as const }];
const ann: AdminActor = { id: 'ann', scopes: ['users:read'] };

let bench: AdminBench | undefined;
afterEach(() => bench?.sessions.close());

function benchWith(admin: AdminGuardOptions): AdminBench {
  return (bench = new AdminBench({ admin: { secrets: undefined, ...admin } }));
}

const byHeader = (req: IncomingMessage): AdminActor | null => (req.headers['x-admin'] === 'ann' ? ann : null);

test.each<[string, AdminGuardOptions['authorize']]>([
  ['at once', byHeader],
  ['as a promise', (req) => Promise.resolve(byHeader(req))],
  ['undefined for nobody', (req) => byHeader(req) ?? undefined],
])('the app says who calls, %s', async (_, authorize) => {
  const { callFreely } = benchWith({ authorize });
  const call = callFreely.bind(bench);
  await call('get', path, { 'X-Admin': 'ann' }).expect(200);
  const stranger = await call('get', path).expect(401);
  expect(stranger.headers['www-authenticate']).toBe('Bearer realm="sessionkeeper"');
  const other = await call('get', path, { Authorization: 'Bearer of-another-system' }).expect(401);
  expect(other.headers['www-authenticate']).toBe('Bearer realm="sessionkeeper", error="invalid_token"');
  const refused = await call('delete', path, { 'X-Admin': 'ann' }).expect(403);
  expect(refused.body).toMatchObject({ code: 'insufficient_scope' });
});

test('is asked for whatever shows no API secret, and never for what does', async () => {
  const asked: (string | undefined)[] = [];
  const it = benchWith({
    secrets,
    authorize(req) {
      asked.push(req.headers.authorization);
      return ann;
    },
  });
  const [foreign, basic] = ['Bearer of-another-system', `Basic ${Buffer.from('ann:password').toString('base64')}`];
  for (const authorization of [foreign, basic]) {
    await it.callFreely('get', path, { Authorization: authorization }).expect(200);
  }
  await it.callFreely('get', path, { Authorization: `Bearer ${support}` }).expect(200);
  await it.callFreely('get', path, { Authorization: `Bearer ${mintApiSecret()}` }).expect(401);
  expect(asked).toEqual([foreign, basic]);
  const { data } = await it.sessions.access.history();
  expect(data.map(({ actor }) => actor)).toEqual([null, 'support', 'ann', 'ann']);
});

test.each<[string, unknown]>([
  [
    'throws',
    () => {
      throw new Error('the directory is down');
    },
  ],
  ['rejects', () => Promise.reject(new Error('the directory is down'))],
  ['says true', () => true],
  ['says a name', () => 'ann'],
  ['names nobody', () => ({ scopes: ['users:read'] })],
  ['gives an empty id', () => ({ id: '', scopes: [] })],
  ['gives a long id', () => ({ id: 'x'.repeat(129), scopes: [] })],
  ['gives no scopes', () => ({ id: 'ann' })],
  ['gives a scope that there is not', () => ({ id: 'ann', scopes: ['users:read', 'everything'] })],
  ['gives a session that is no text', () => ({ id: 'ann', scopes: ['users:read'], sessionId: 7 })],
])('where it %s nobody is let in, and the event tells', async (_, authorize) => {
  const it = benchWith({ authorize: authorize as NonNullable<AdminGuardOptions['authorize']> });
  const heard = listenTo(it.sessions);
  const answer = await it.callFreely('get', path).expect(503);
  expect(answer.body).toMatchObject({ code: 'hook_failed', detail: 'authorize failed.' });
  expect(answer.headers['retry-after']).toBe('1');
  expect(answer.text).not.toContain('directory');
  expect(heard.map(({ event }) => event)).toEqual([
    expect.objectContaining({ hook: 'authorize', userId: null }),
    { entry: expect.objectContaining({ actor: null, status: 503, code: 'hook_failed' }) as unknown },
  ]);
});

test.each<[string, unknown, string]>([
  ['text', 'ann-the-admin', 'text of 13 characters: expected { id, scopes }, or null for nobody'],
  ['true', true, 'a boolean: expected { id, scopes }, or null for nobody'],
  ['an array', ['ann-the-admin'], 'as id undefined: expected 1 to 128 characters of text'],
  ['a user', { id: 7, scopes: [] }, 'as id a number: expected 1 to 128 characters of text'],
  [
    'a long id',
    { id: 'x'.repeat(129), scopes: [] },
    'as id text of 129 characters: expected 1 to 128 characters of text',
  ],
  ['one scope', { id: 'ann', scopes: 'users:read' }, 'as scopes text of 10 characters: expected an array of them'],
  [
    'a role',
    { id: 'ann', scopes: ['administrators'] },
    `scopes with one that there is not: expected some of ${adminScopes.join(', ')}`,
  ],
  ['a session', { id: 'ann', scopes: [], sessionId: {} }, 'as sessionId an object: expected text, or none'],
])('what is wrong with %s is told by its name, never by its value', async (_, given, problem) => {
  const it = benchWith({ authorize: () => given as never });
  const heard = listenTo(it.sessions);
  await it.callFreely('get', path).expect(503);
  expect(heard[0]).toMatchObject({
    name: 'hook.failed',
    event: { error: { message: `authorize gave ${problem}` } },
  });
});

test('its failures are nobody’s guesses: however many there are, whoever calls next is let in', async () => {
  let isDown = true;
  const it = benchWith({ authorize: () => (isDown ? Promise.reject(new Error('down')) : ann) });
  for (let count = 0; count < 22; count++) await it.callFreely('get', path).expect(count < 20 ? 503 : 429);
  isDown = false;
  await it.callFreely('get', path).expect(200);
});

describe('with browsers admitted', () => {
  const page = { 'X-Admin': 'ann', Cookie: 'login=ann', 'Sec-Fetch-Site': 'same-origin' };

  test("the app's own pages may call", async () => {
    const it = benchWith({ secrets, authorize: byHeader, browsers: 'admitted' });
    await it.callFreely('get', path, page).expect(200);
    await it
      .callFreely('get', path, { Authorization: `Bearer ${support}`, Origin: 'https://x.example' })
      .expect(200);
    // A dialog of the browser's own is no use to anybody.
    const { headers } = await it.callFreely('get', path, { 'Sec-Fetch-Site': 'same-origin' }).expect(401);
    expect(headers['www-authenticate']).toBe('Bearer realm="sessionkeeper"');
  });

  test.each(['Basic YW5uOnBhc3N3b3Jk', 'Negotiate YIIK', 'Digest username="ann"'])(
    'A42 A43 what a browser sends by itself makes no page of another site trusted: %s',
    async (authorization) => {
      const authorize = () => ({ id: 'ann', scopes: ['users:read', 'users:write'] as const });
      const it = benchWith({ authorize, browsers: 'admitted' });
      const elsewhere = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };
      const forged = { ...elsewhere, Authorization: authorization };
      expect((await it.callFreely('delete', path, forged).expect(403)).body).toMatchObject({
        code: 'csrf_refused',
      });
      await it.callFreely('delete', path, { ...elsewhere, Authorization: 'Bearer of-the-page' }).expect(200);
      await it.callFreely('delete', path, { Authorization: authorization }).expect(200);
      await it.callFreely('delete', path, { ...page, Authorization: authorization }).expect(200);
    },
  );

  test.each([
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sibling', { 'Sec-Fetch-Site': 'same-site' }],
    ['another origin', { 'Sec-Fetch-Site': undefined, Origin: 'https://evil.example' }],
    ['nobody knows where', { 'Sec-Fetch-Site': undefined }],
  ])('A42 A43 pages of %s may change nothing', async (_, headers) => {
    const authorize = () => ({ id: 'ann', scopes: ['users:write', 'tokens:revoke'] as const });
    const it = benchWith({ authorize, browsers: 'admitted' });
    const sent = Object.fromEntries(
      Object.entries({ ...page, ...headers }).filter(([, value]) => value !== undefined),
    );
    expect((await it.callFreely('delete', path, sent as never).expect(403)).body).toMatchObject({
      code: 'csrf_refused',
    });
    const form = { ...sent, 'Content-Type': 'application/x-www-form-urlencoded' };
    await it.callFreely('post', '/revoke', form).send('token=x').expect(403);
    const [entry] = (await it.sessions.access.history()).data;
    expect(entry).toMatchObject({ actor: 'ann', code: 'csrf_refused' });
    await it.callFreely('delete', path, page).expect(200);
  });
});
