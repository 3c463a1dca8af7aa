import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { authenticate, requireSession, type SessionManager } from '../../lib';
import { RiskDial } from '../fixtures/risk-dial';
import { runFolder } from '../harness/run-folder';
import { waitUntil } from '../harness/wait-until';
import { type Framework, frameworks, type Handler, mount, type TestApp } from './fixtures/frameworks';
import { accessCookie, HttpBench, refreshCookie } from './fixtures/http-bench';

/** Where a request got to: a `done` is a deed that it was admitted to. */
type Trace = string[];

const cases = [
  ['no user agent', []],
  ['a user agent', ['User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0']],
] as const;

class ResetBench extends HttpBench {
  readonly dial: RiskDial;
  readonly trace: Trace;
  readonly #servers: Server[] = [];

  constructor(framework: Framework, options: ConstructorParameters<typeof HttpBench>[0] = {}) {
    const [dial, trace]: [RiskDial, Trace] = [new RiskDial(), []];
    super({
      framework,
      options: { risk: dial.options(), ...options.options },
      // As a body parser does: the deed comes after the body, and so after the reset.
      before: (app) => mount(app, '/late', gone(trace)),
      routes: (app, sessions) => deeds(app, sessions, trace),
    });
    this.dial = dial;
    this.trace = trace;
  }

  async listen(where: { readonly path: string } | { readonly port: 0; readonly host: string }): Promise<Server> {
    const server = createServer(this.app).listen(where);
    this.#servers.push(server);
    await once(server, 'listening');
    return server;
  }

  override async close(): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
    await super.close();
  }
}

/** Waits until the connection has gone, for requests that reset it. */
function gone(trace: Trace): Handler {
  return async (req, _res, next) => {
    trace.push('arrived');
    await new Promise<void>((resolve) =>
      req.socket.closed ? resolve() : req.socket.once('close', () => resolve()),
    );
    return next();
  };
}

function deeds(app: TestApp, sessions: SessionManager, trace: Trace): void {
  const refused = {
    onDenied: (_req: unknown, _res: unknown, _next: unknown, { code }: Error & { code: string }) =>
      trace.push(code),
  };
  const done: Handler = (_req, res) => {
    trace.push('done');
    res.end();
  };
  mount(app, '/late/required', requireSession(sessions, refused), done);
  mount(app, '/late/optional', requireSession(sessions, { ...refused, optional: true }), done);
  mount(app, '/now', requireSession(sessions, refused), done);
  mount(app, '/late/asked', async (req, res) => {
    const outcome = await authenticate(sessions, req);
    trace.push(outcome.status === 'active' ? 'done' : 'error' in outcome ? outcome.error.code : '');
    res.end();
  });
}

describe.each(frameworks)('where risk is judged, a request whose connection was reset on $name', (framework) => {
  let bench: ResetBench;
  afterEach(() => bench.close());

  async function reset(server: Server, path: string, headers: readonly string[]): Promise<void> {
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const lines = [`GET ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Sec-Fetch-Site: same-origin', ...headers, '', ''];
    const arrived = bench.trace.length;
    socket.write(lines.join('\r\n'));
    await waitUntil('the request arrives', () => bench.trace.length > arrived);
    socket.resetAndDestroy();
    await waitUntil('the request is through', () => bench.trace.length > arrived + 1);
  }

  const sent: readonly (readonly [string, object])[] = [
    ['', {}],
    [', with a near cache', { nearCache: {} }],
  ];

  test.each(sent)('is admitted nowhere%s', async (_, options) => {
    bench = new ResetBench(framework, { options });
    const server = await bench.listen({ port: 0, host: '127.0.0.1' });
    const { accessToken } = await bench.bearer();
    await bench
      .browser()
      .get('/me', { Authorization: `Bearer ${accessToken}` })
      .expect(200);
    const browser = await bench.signedIn('user=bob');
    const cookie = `Cookie: ${accessCookie}=${browser.value(accessCookie)}`;
    const refresh = `Cookie: ${refreshCookie}=${browser.value(refreshCookie)}`;
    for (const [, userAgent] of cases) {
      for (const credential of [`Authorization: Bearer ${accessToken}`, cookie, refresh]) {
        for (const path of ['/late/required', '/late/optional', '/late/asked']) {
          bench.trace.length = 0;
          await reset(server, path, [credential, ...userAgent]);
          expect([path, ...bench.trace]).toEqual([path, 'arrived', 'no_session']);
        }
      }
    }
    expect(bench.dial.facts.filter(({ occasion }) => occasion !== 'sign-in')).toEqual([]);
    // What it carried is as good as before.
    await browser.get('/me').expect(200);
    await browser.post('/api/v1/sessions/refresh').expect(200);
  });

  test.each(sent)('does nothing where the reset follows at once%s', async (_, options) => {
    bench = new ResetBench(framework, { options });
    const server = await bench.listen({ port: 0, host: '127.0.0.1' });
    const { accessToken } = await bench.bearer();
    await bench
      .browser()
      .get('/me', { Authorization: `Bearer ${accessToken}` })
      .expect(200);
    bench.dial.level = 'high';
    const { port } = server.address() as AddressInfo;
    const lines = ['POST /now HTTP/1.1', 'Host: 127.0.0.1', `Authorization: Bearer ${accessToken}`, '', ''];
    for (let count = 0; count < 20; count++) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(lines.join('\r\n'), () => socket.resetAndDestroy());
      await waitUntil('the request is through', () => bench.trace.length > count);
    }
    expect(bench.trace).not.toContain('done');
  });

  test('is served as ever where uses are not judged', async () => {
    bench = new ResetBench(framework, { options: { risk: { onUse: false } } });
    const server = await bench.listen({ port: 0, host: '127.0.0.1' });
    const { accessToken } = await bench.bearer();
    await reset(server, '/late/required', [`Authorization: Bearer ${accessToken}`]);
    expect(bench.trace).toEqual(['arrived', 'done']);
  });

  test('a caller without address and user agent on a living Unix domain socket is judged once', async () => {
    bench = new ResetBench(framework);
    const path = join(runFolder(), `reset-${process.pid}-${Date.now()}.sock`);
    await bench.listen({ path });
    const { accessToken } = await bench.bearer();
    const ask = async (): Promise<string> => {
      const socket = connect(path);
      await once(socket, 'connect');
      const lines = ['GET /me HTTP/1.1', 'Host: unix', `Authorization: Bearer ${accessToken}`, 'Connection: close'];
      socket.write([...lines, '', ''].join('\r\n'));
      return (await text(socket)).split(' ', 2)[1]!;
    };
    expect([await ask(), await ask()]).toEqual(['200', '200']);
    expect(bench.dial.facts.map(({ occasion }) => occasion)).toEqual(['sign-in', 'use']);
  });

  test('and refused where that one is a risk', async () => {
    bench = new ResetBench(framework);
    const path = join(runFolder(), `risk-${process.pid}-${Date.now()}.sock`);
    await bench.listen({ path });
    const { accessToken } = await bench.bearer();
    bench.dial.level = 'high';
    const socket = connect(path);
    await once(socket, 'connect');
    const lines = ['GET /me HTTP/1.1', 'Host: unix', `Authorization: Bearer ${accessToken}`, 'Connection: close'];
    socket.write([...lines, '', ''].join('\r\n'));
    expect(await text(socket)).toContain('step_up_required');
  });
});
