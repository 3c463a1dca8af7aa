import { createServer, request as httpRequest } from 'node:http';
import { authenticate, type AuthenticateOptions, findSession, type SessionError } from '../../lib';
import { rejectionOf } from '../fixtures/refusal-of';
import { listen, type RunningServer } from '../harness/listen';
import { accessCookie, HttpBench, refreshCookie } from './fixtures/http-bench';
import { mount } from './fixtures/frameworks';

const minute = 60_000;

interface Answer {
  status: string;
  code?: string;
  userId?: string;
  attached: boolean;
}

describe('authenticate on a WebSocket upgrade', () => {
  let bench: HttpBench;
  let server: RunningServer;
  let options: AuthenticateOptions | undefined;

  beforeEach(async () => {
    options = undefined;
    bench = new HttpBench({ options: { csrf: { allowedOrigins: ['https://app.example.com'] } } });
    const http = createServer();
    http.on('upgrade', (req, socket) => {
      const tell = (answer: object): void =>
        void socket.end(
          `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-Answer: ${JSON.stringify(answer)}\r\n\r\n`,
        );
      authenticate(bench.sessions, req, options).then(
        (outcome) =>
          tell({
            status: outcome.status,
            code: 'error' in outcome ? outcome.error.code : undefined,
            userId: outcome.status === 'active' ? outcome.session.userId : undefined,
            attached: findSession(req) !== undefined,
          }),
        (error: unknown) => tell({ status: 'threw', code: (error as SessionError).code }),
      );
    });
    server = await listen(http);
  });
  afterEach(() => server.close());

  function upgrade(headers: Record<string, string>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const all = { Connection: 'Upgrade', Upgrade: 'websocket', ...headers };
      httpRequest({ host: '127.0.0.1', port: server.port, headers: all })
        .on('upgrade', (response, socket) => {
          socket.destroy();
          resolve(JSON.parse(String(response.headers['x-answer'])) as Answer);
        })
        .on('error', reject)
        .end();
    });
  }

  test('admits a cookie from our own origin, and puts the session on the request', async () => {
    const browser = await bench.signedIn();
    const origin = server.url;
    expect(await upgrade({ Cookie: browser.cookieHeader(), Origin: origin })).toEqual({
      status: 'active',
      userId: 'alice',
      attached: true,
    });
  });

  test.each([
    ['a listed origin', { Origin: 'https://app.example.com' }, 'active'],
    ['a same-origin page', { 'Sec-Fetch-Site': 'same-origin' }, 'active'],
    ['another origin', { Origin: 'https://evil.example' }, 'refused'],
    ['another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }, 'refused'],
    ['nowhere it says', {}, 'refused'],
  ])('A42: a cookie from %s (cross-site WebSocket hijacking)', async (_name, headers, status) => {
    const browser = await bench.signedIn();
    const answer = await upgrade({ Cookie: browser.cookieHeader(), ...headers });
    expect(answer).toMatchObject({ status, attached: status === 'active' });
    if (status === 'refused') expect(answer.code).toBe('csrf_refused');
  });

  test('admits a bearer token from anywhere', async () => {
    const { accessToken } = await bench.bearer();
    expect(await upgrade({ Authorization: `Bearer ${accessToken}`, Origin: 'https://evil.example' })).toMatchObject(
      { status: 'active' },
    );
  });

  test('never renews: asks for a refresh where the access token has run out, or its cookie is gone', async () => {
    const browser = await bench.signedIn();
    const headers = { 'Sec-Fetch-Site': 'same-origin' };
    expect(await upgrade({ ...headers, Cookie: `${refreshCookie}=${browser.value(refreshCookie)}` })).toMatchObject(
      { status: 'expired', code: 'token_expired' },
    );
    bench.time.advance(16 * minute);
    expect(await upgrade({ ...headers, Cookie: browser.cookieHeader() })).toMatchObject({
      status: 'expired',
      code: 'token_expired',
    });
    expect(bench.store.calls).not.toContain('rotate');
  });

  test('says why it refuses', async () => {
    const { accessToken } = await bench.bearer();
    const browser = await bench.signedIn();
    const authorization = `Bearer ${accessToken}`;
    expect(await upgrade({})).toMatchObject({ status: 'no-session', code: 'no_session' });
    expect(await upgrade({ Authorization: 'Bearer other' })).toMatchObject({
      status: 'no-session',
      code: 'token_invalid',
    });
    expect(await upgrade({ Authorization: authorization, Cookie: browser.cookieHeader() })).toMatchObject({
      status: 'refused',
      code: 'credentials_conflict',
    });
    await bench.sessions.revokeAll('alice');
    expect(await upgrade({ Authorization: authorization })).toMatchObject({
      status: 'revoked',
      code: 'session_revoked',
    });
  });

  test('takes only the credentials it is told to', async () => {
    options = { transport: 'bearer', slide: false };
    const browser = await bench.signedIn();
    const { accessToken } = await bench.bearer();
    expect(await upgrade({ Cookie: browser.cookieHeader(), 'Sec-Fetch-Site': 'same-origin' })).toMatchObject({
      status: 'no-session',
    });
    expect(await upgrade({ Authorization: `Bearer ${accessToken}` })).toMatchObject({ status: 'active' });
  });

  test('A49: takes no token from the URL or the subprotocol', async () => {
    const { accessToken } = await bench.bearer();
    expect(await upgrade({ 'Sec-WebSocket-Protocol': accessToken })).toMatchObject({ status: 'no-session' });
  });

  test('B2: rejects when the store is down', async () => {
    const { accessToken } = await bench.bearer();
    bench.store.failNext('find');
    expect(await upgrade({ Authorization: `Bearer ${accessToken}` })).toMatchObject({
      status: 'threw',
      code: 'store_unavailable',
    });
  });
});

test('authenticate on a plain request judges unsafe methods only', async () => {
  const bench = new HttpBench({
    routes: (app, sessions) =>
      mount(app, '/graphql', async (req, res) => {
        const { status } = await authenticate(sessions, req);
        res.end(status);
      }),
  });
  const browser = await bench.signedIn();
  const crossSite = { 'Sec-Fetch-Site': 'cross-site' };
  expect((await browser.get('/graphql', crossSite)).text).toBe('active');
  expect((await browser.post('/graphql', crossSite)).text).toBe('refused');
  expect((await browser.post('/graphql')).text).toBe('active');
  expect(browser.value(accessCookie)).toBeDefined();
});

test('a bug in the store is not taken for a refusal', async () => {
  const bench = new HttpBench();
  const req = {
    headers: {},
    get rawHeaders() {
      return [];
    },
    socket: {},
    method: 'GET',
    url: '/',
  };
  Object.defineProperty(req.headers, 'authorization', {
    get: () => {
      throw new RangeError('a bug');
    },
  });
  await expect(authenticate(bench.sessions, req as never)).rejects.toThrow(RangeError);
});

test.each([
  [{ transport: 'url' }, "authenticate.transport: expected 'any', 'cookie' or 'bearer', got 'url'"],
  [{ slid: false }, "authenticate.slid: unknown option; did you mean 'slide'?"],
])('%j is refused, with the fix', async (options, message) => {
  const { sessions } = new HttpBench();
  expect((await rejectionOf(authenticate(sessions, {} as never, options as never))).message).toBe(message);
});
