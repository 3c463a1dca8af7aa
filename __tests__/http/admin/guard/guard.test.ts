import crypto from 'node:crypto';
import { adminRouter } from '../../../../lib';
import { problem } from '../../../../lib/contract/problem';
import type { AdminScope } from '../../../../lib/domain/admin-scope';
import { apiSecretHash, mintApiSecret } from '../../../../lib/tokens/api-secret';
import { mintOneTimeToken } from '../../../../lib/tokens/one-time-token';
import { listen, type RunningServer } from '../../../harness/listen';
import { frameworks } from '../../fixtures/frameworks';
import { rawRequest, statusOf } from '../../fixtures/raw-request';
import { AdminBench } from '../fixtures/admin-bench';

const path = '/users/alice/sessions';
const support = mintApiSecret();
const ended = mintApiSecret();
const secrets = [
  { id: 'support', hash: apiSecretHash(support)!, scopes: ['users:read'] as const },
  { id: 'ended', hash: apiSecretHash(ended)!, scopes: ['users:read'] as const, expiresAt: '2026-01-01T00:00:01Z' },
];

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const basic = (id: string, password: string) => ({
  Authorization: `Basic ${Buffer.from(`${id}:${password}`).toString('base64')}`,
});

const bare = 'Bearer realm="sessionkeeper"';
const basicChallenge = 'Basic realm="sessionkeeper", charset="UTF-8"';

describe.each(frameworks)('the guard on $name', (framework) => {
  let bench: AdminBench;
  let server: RunningServer | undefined;
  beforeEach(() => (bench = new AdminBench({ framework, admin: { secrets } })));
  afterEach(async () => {
    await server?.close();
    server = undefined;
    await bench.sessions.close();
  });

  const refusal = async (headers: Record<string, string>, asked = path) => {
    const answer = await bench.callFreely('get', asked, headers);
    const { code, status } = problem.parse(answer.body);
    expect(status).toBe(answer.status);
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-type': 'application/problem+json',
    });
    return { status, code, challenge: answer.headers['www-authenticate'] };
  };

  test.each([
    ['Bearer', bearer(support)],
    ['bearer, in another case', { Authorization: `bEARER ${support}` }],
    ['Basic, its id for the user', basic('support', support)],
    ['Basic, both encoded as in a form', basic('s%75pport', support.replaceAll('_', '%5F').replaceAll('-', '%2D'))],
  ])('lets a secret in as %s', async (_, headers) => {
    await bench.callFreely('get', path, headers).expect(200);
  });

  test('A51 A52 without a credential the challenge is bare', async () => {
    const challenge = `${bare}, ${basicChallenge}`;
    expect(await refusal({})).toEqual({ status: 401, code: 'secret_invalid', challenge });
    // Neither is one: the router of administrators knows no cookies.
    expect((await refusal({ Cookie: `__Host-sk-access=${support}; secret=${support}` })).challenge).toBe(challenge);
  });

  test.each([
    ['one that nobody configured', bearer(mintApiSecret())],
    ['a mangled one', bearer(`${support.slice(0, -1)}!`)],
    ['its hash', bearer(secrets[0]!.hash)],
    ['its id', bearer('support')],
    ['something longer than any secret', bearer('sas_'.padEnd(8_000, 'x'))],
    ['a one-time token', bearer(mintOneTimeToken('0f8').token)],
    ['Basic with another id', basic('ended', support)],
    ['Basic without an id', basic('', support)],
    ['Basic without a colon', { Authorization: `Basic ${Buffer.from(support).toString('base64')}` }],
    ['Basic with another password', basic('support', 'password')],
    ['Basic with half an escape', basic('support%', support)],
    ['Basic that is no base64', { Authorization: 'Basic ???' }],
    ['another scheme', { Authorization: `Digest ${support}` }],
    ['no scheme', { Authorization: support }],
  ])('A52 A53 A54 refuses %s', async (_, headers) => {
    const challenge = `${bare}, error="invalid_token", ${basicChallenge}`;
    expect(await refusal(headers)).toEqual({ status: 401, code: 'secret_invalid', challenge });
  });

  test("A4 refuses a user's own tokens", async () => {
    const { accessToken, refreshToken } = await bench.bearer();
    for (const token of [accessToken, refreshToken]) {
      expect(await refusal(bearer(token))).toMatchObject({ status: 401, code: 'secret_invalid' });
    }
  });

  test('A49 never looks for a secret in the URL', async () => {
    for (const name of ['access_token', 'token', 'secret', 'api_key']) {
      expect(await refusal({}, `${path}?${name}=${support}`)).toMatchObject({ status: 401 });
    }
  });

  test('tells whoever holds an expired secret, to the millisecond', async () => {
    bench.time.advance(Date.UTC(2026, 0, 1, 0, 0, 0, 998) - bench.time.now());
    await bench.callFreely('get', path, bearer(ended)).expect(200);
    const answer = await bench.callFreely('get', path, bearer(ended));
    expect([answer.status, answer.body]).toEqual([
      401,
      expect.objectContaining({ code: 'secret_invalid', reason: 'expired' }),
    ]);
  });

  test.each<[string, Record<string, string>]>([
    ['Origin', { Origin: 'https://app.example.com' }],
    ['Origin, opaque', { Origin: 'null' }],
    ['Sec-Fetch-Site', { 'Sec-Fetch-Site': 'same-origin' }],
    ['Sec-Fetch-Dest', { 'Sec-Fetch-Dest': 'empty' }],
    ['Sec-Fetch-User', { 'Sec-Fetch-User': '?1' }],
    ['Sec-Fetch-Storage-Access', { 'Sec-Fetch-Storage-Access': 'none' }],
    ['all of them', { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }],
  ])('refuses a browser, told by %s, before it looks at the secret', async (_, headers) => {
    const refused = { status: 403, code: 'browser_refused', challenge: undefined };
    expect(await refusal({ ...bearer(support), ...headers })).toEqual(refused);
    expect(await refusal({ ...bearer(mintApiSecret()), ...headers })).toEqual(refused);
    expect(await refusal(headers, '/nowhere')).toEqual(refused);
  });

  test("takes Node's own fetch for no browser", async () => {
    server = await listen(bench.app);
    const answer = await fetch(`${server.url}/admin${path}`, { headers: bearer(support) });
    expect(answer.status).toBe(200);
  });

  test('A46 B25 refuses two Authorization headers', async () => {
    server = await listen(bench.app);
    const line = `Authorization: Bearer ${support}`;
    for (const lines of [
      [line, line],
      [line, 'authorization: Basic x'],
    ]) {
      const answer = await rawRequest(server.port, [`GET /admin${path} HTTP/1.1`, ...lines]);
      expect([statusOf(answer), answer.includes('"credentials_conflict"')]).toEqual([400, true]);
    }
  });

  test('asks for the scope of the operation, and names it', async () => {
    const answer = await bench.callFreely('delete', path, bearer(support));
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([
      403,
      `${bare}, error="insufficient_scope", scope="users:write"`,
    ]);
    expect(problem.parse(answer.body)).toMatchObject({
      code: 'insufficient_scope',
      detail: 'This takes the scope users:write.',
    });
  });

  test('A55 is passed before the path is looked at: strangers learn of no place', async () => {
    const { challenge, ...refused } = await refusal({}, path);
    expect(await refusal({}, '/nowhere')).toEqual({ ...refused, challenge });
    expect((await bench.callFreely('put', path)).headers['allow']).toBeUndefined();
    await bench.callFreely('get', '/nowhere', bearer(support)).expect(404);
    const answer = await bench.callFreely('patch', path, bearer(support)).expect(405);
    expect(answer.headers['allow']).toBe('GET, HEAD, DELETE, OPTIONS');
  });

  test('A76 has no rights for the asking: those of the secret are all there are', async () => {
    for (const scopes of ['users:write', '*']) {
      const headers = { ...bearer(support), 'X-Scopes': scopes };
      await bench.callFreely('delete', path, headers).expect(403);
    }
  });
});

describe('rotation', () => {
  const [old, next] = [mintApiSecret(), mintApiSecret()];
  const scopes: readonly AdminScope[] = ['users:read'];
  const oldEntry = { id: 'desk-1', hash: apiSecretHash(old)!, scopes };
  const nextEntry = { id: 'desk-2', hash: apiSecretHash(next)!, scopes };
  const statuses = async (secrets: readonly (typeof oldEntry & { expiresAt?: string })[]) => {
    const bench = new AdminBench({ admin: { secrets } });
    const answers = [];
    for (const secret of [old, next]) answers.push((await bench.callFreely('get', path, bearer(secret))).status);
    await bench.sessions.close();
    return answers;
  };

  test('C-admin both secrets are good while one follows the other, and then the old one is dead', async () => {
    expect(await statuses([oldEntry])).toEqual([200, 401]);
    expect(await statuses([oldEntry, nextEntry])).toEqual([200, 200]);
    expect(await statuses([{ ...oldEntry, expiresAt: '2026-01-01' }, nextEntry])).toEqual([401, 200]);
    expect(await statuses([nextEntry])).toEqual([401, 200]);
  });
});

test('C-admin C-timing A6 a secret is compared in constant time with every one that is configured', async () => {
  const all = Array.from({ length: 5 }, mintApiSecret);
  const entries = all.map((text, index) => ({
    id: `secret-${index}`,
    hash: apiSecretHash(text)!,
    scopes: ['users:read'] as const,
  }));
  const bench = new AdminBench({ admin: { secrets: entries } });
  const compare = jest.spyOn(crypto, 'timingSafeEqual');
  for (const text of [all[0]!, all[4]!, mintApiSecret()]) {
    compare.mockClear();
    await bench.callFreely('get', path, bearer(text));
    const ofDigests = compare.mock.calls.filter(([one, other]) => one.byteLength === 32 && other.byteLength === 32);
    expect(ofDigests).toHaveLength(5);
  }
  compare.mockRestore();
  await bench.sessions.close();
});

test('without secrets and authorize there is no router', () => {
  const { sessions } = new AdminBench();
  for (const options of [{}, undefined, { browsers: 'admitted' }]) {
    expect(() => adminRouter(sessions, options as never)).toThrow(/^adminRouter: expected secrets or authorize/);
  }
  expect(() => adminRouter(sessions, { secrets: [] })).toThrow(/^adminRouter\.secrets: expected an array/);
  expect(() => adminRouter(sessions, { secrets, browsers: true as never })).toThrow(
    /^adminRouter\.browsers: expected 'refused' or 'admitted', got true$/,
  );
  expect(() => adminRouter(sessions, { authorize: {} as never })).toThrow(
    /^adminRouter\.authorize: expected a func/,
  );
  expect(() => adminRouter(sessions, { secret: secrets } as never)).toThrow(/did you mean 'secrets'\?$/);
});
