import type { Express } from 'express';
import type { ManagerOptions } from '../../lib';
import { listen, type RunningServer } from '../harness/listen';
import type { Browser } from './fixtures/browser';
import { express5, frameworks, mount, type TestApp } from './fixtures/frameworks';
import { HttpBench, showSession } from './fixtures/http-bench';
import { rawRequest, statusOf } from './fixtures/raw-request';

const app = 'https://app.example.com';
const evil = 'https://evil.example';

/** Puts a browser's headers in order: only those given, and none of its own about where it is. */
function from(browser: Browser, headers: Record<string, string>): Record<string, string> {
  delete browser.headers['Sec-Fetch-Site'];
  return headers;
}

describe.each(frameworks)('requests with cookies on $name', (framework) => {
  test.each([
    ['same-origin', 200],
    ['none', 200],
    ['same-site', 403],
    ['cross-site', 403],
    ['anything', 403],
  ])('A42: POST with Sec-Fetch-Site %s is %d', async (site, status) => {
    const browser = await new HttpBench({ framework }).signedIn();
    await browser.post('/me', from(browser, { 'Sec-Fetch-Site': site })).expect(status);
  });

  test('A43: without Sec-Fetch-Site the Origin has to be our own', async () => {
    const bench = new HttpBench({ framework });
    const server = await listen(bench.app);
    const { headers, cookieHeader } = await cookiesOf(bench);
    const post = (origin: string): Promise<string> =>
      rawRequest(server.port, ['POST /me HTTP/1.1', ...headers, `Cookie: ${cookieHeader}`, `Origin: ${origin}`]);
    expect(statusOf(await post('http://127.0.0.1'))).toBe(200);
    for (const other of [
      'https://127.0.0.1',
      'http://127.0.0.1:81',
      'http://127.0.0.1.evil.example',
      'null',
      evil,
      '',
    ]) {
      expect(statusOf(await post(other))).toBe(403);
    }
    await server.close();
  });

  test('A43: with neither header a request that carries our cookie is refused', async () => {
    const browser = await new HttpBench({ framework }).signedIn();
    const { body } = await browser.post('/me', from(browser, {})).expect(403);
    expect(body).toMatchObject({ code: 'csrf_refused', detail: expect.stringContaining('Origin') as string });
  });
});

async function cookiesOf(bench: HttpBench): Promise<{ headers: string[]; cookieHeader: string }> {
  const browser = await bench.signedIn();
  return { headers: ['Content-Length: 0'], cookieHeader: browser.cookieHeader() };
}

describe('an Origin that is our own but for the scheme', () => {
  const origin = 'https://app.example.com';
  const refusal = async (headers: Record<string, string>): Promise<unknown> => {
    const browser = await new HttpBench().signedIn();
    const { body } = await browser.post('/me', from(browser, headers)).expect(403);
    return (body as { detail: string }).detail;
  };

  test.each([
    ['Host', { Host: 'app.example.com' }],
    ['X-Forwarded-Host', { Host: '127.0.0.1:3000', 'X-Forwarded-Host': 'app.example.com' }],
  ])(
    'A43: is refused, and where a proxy says https with its %s, trust proxy is named as the fix',
    async (_, host) => {
      expect(await refusal({ ...host, Origin: origin })).toContain("app.set('trust proxy', …)");
    },
  );

  test.each([
    ['another host', { Host: 'other.example.com' }],
    ['plain http', { Host: 'app.example.com', 'X-Forwarded-Proto': 'http' }],
    ['another site', { Host: 'app.example.com', 'Sec-Fetch-Site': 'cross-site' }],
  ])('A43: is refused as any other behind %s', async (_, headers) => {
    expect(await refusal({ Origin: origin, ...headers })).not.toContain('trust proxy');
  });
});

describe('allowed origins', () => {
  const options: ManagerOptions = { csrf: { allowedOrigins: [app] } };

  test('are allowed, whatever Sec-Fetch-Site says', async () => {
    const browser = await new HttpBench({ options }).signedIn();
    await browser.post('/me', { Origin: app, 'Sec-Fetch-Site': 'cross-site' }).expect(200);
    await browser.post('/me', from(browser, { Origin: app })).expect(200);
  });

  test.each([evil, 'http://app.example.com', `${app}:444`, `${app}.evil.example`, 'null', app.toUpperCase()])(
    'do not include %s',
    async (origin) => {
      const browser = await new HttpBench({ options }).signedIn();
      await browser.post('/me', { Origin: origin, 'Sec-Fetch-Site': 'cross-site' }).expect(403);
    },
  );
});

describe('A44: methods that change nothing', () => {
  test.each(['get', 'head', 'options'] as const)('%s is not judged', async (method) => {
    const browser = await new HttpBench().signedIn();
    const { status } = await browser.send(method, '/me', { 'Sec-Fetch-Site': 'cross-site', Origin: evil });
    expect(status).toBe(200);
  });

  test.each(['put', 'patch', 'delete'] as const)('%s is', async (method) => {
    const browser = await new HttpBench().signedIn();
    await browser.send(method, '/me', { 'Sec-Fetch-Site': 'cross-site', Origin: evil }).expect(403);
  });

  test('a GET that asks for another protocol is still a GET', async () => {
    const browser = await new HttpBench().signedIn();
    await browser.get('/me', from(browser, { Upgrade: 'h2c' })).expect(200);
  });
});

test('A46: bearer requests are exempt, no page can make a browser send one', async () => {
  const bench = new HttpBench();
  const { accessToken } = await bench.bearer();
  const headers = { Authorization: `Bearer ${accessToken}`, 'Sec-Fetch-Site': 'cross-site', Origin: evil };
  await bench.browser().post('/me', headers).expect(200);
});

test('csrf: false switches the check off', async () => {
  const browser = await new HttpBench({ options: { csrf: false } }).signedIn();
  await browser.post('/me', { 'Sec-Fetch-Site': 'cross-site', Origin: evil }).expect(200);
});

test('the refusal names the fix and repeats nothing of the request', async () => {
  const browser = await new HttpBench().signedIn();
  const answer = await browser.post('/me', { Origin: evil, 'Sec-Fetch-Site': 'cross-site' }).expect(403);
  expect(answer.body).toMatchObject({ detail: expect.stringContaining('csrf.allowedOrigins') as string });
  expect(JSON.stringify([answer.headers, answer.text])).not.toContain('evil');
});

test('A48: no answer allows another origin to read it', async () => {
  const browser = await new HttpBench().signedIn();
  for (const origin of [evil, 'null']) {
    const answers = [
      await browser.get('/me', { Origin: origin }),
      await browser.send('options', '/api/v1/sessions', { Origin: origin }),
    ];
    for (const answer of answers)
      expect(Object.keys(answer.headers as object).join()).not.toContain('access-control');
  }
});

describe('our own origin', () => {
  const trusting =
    (trusted: unknown) =>
    (app: TestApp): void =>
      void (app as unknown as Express).set('trust proxy', trusted);

  let server: RunningServer;
  afterEach(() => server.close());

  async function post(bench: HttpBench, ...lines: string[]): Promise<number> {
    server = await listen(bench.app);
    const { cookieHeader } = await cookiesOf(bench);
    const head = ['POST /me HTTP/1.1', 'Content-Length: 0', `Cookie: ${cookieHeader}`];
    return statusOf(await rawRequest(server.port, [...head, ...lines]));
  }

  test('is https behind a proxy that Express trusts', async () => {
    const bench = new HttpBench({ framework: express5, before: trusting('loopback') });
    expect(await post(bench, 'Origin: https://127.0.0.1', 'X-Forwarded-Proto: https')).toBe(200);
  });

  test('has the host that such a proxy forwards', async () => {
    const bench = new HttpBench({ before: trusting(true) });
    const headers = ['X-Forwarded-Proto: https', 'X-Forwarded-Host: shop.example.com, inner'];
    expect(await post(bench, 'Origin: https://shop.example.com', ...headers)).toBe(200);
  });

  test('A50: is not what an untrusted sender says', async () => {
    const bench = new HttpBench();
    expect(await post(bench, `Origin: ${evil}`, 'X-Forwarded-Proto: https', 'X-Forwarded-Host: evil.example')).toBe(
      403,
    );
  });

  test('may be spelled with its default port', async () => {
    const bench = new HttpBench({ before: trusting(true) });
    expect(
      await post(
        bench,
        'Origin: https://shop.example.com',
        'X-Forwarded-Proto: https',
        'X-Forwarded-Host: Shop.example.com:443',
      ),
    ).toBe(200);
  });

  test('cannot be forged by a Host that is no host', async () => {
    const bench = new HttpBench({ before: trusting(true) });
    expect(await post(bench, `Origin: ${evil}`, 'X-Forwarded-Host: 127.0.0.1@evil.example/')).toBe(403);
  });
});

test('A42: GET through the whole of an app leaves the store as it was', async () => {
  const bench = new HttpBench({ routes: (application) => mount(application, '/plain', showSession) });
  const browser = await bench.signedIn();
  const calls = await bench.store.callsDuring(async () => {
    for (const path of [
      '/me',
      '/plain',
      '/api/v1/sessions',
      '/api/v1/sessions/current',
      '/api/v1/sessions/activity',
    ]) {
      await browser.get(path).expect(200);
    }
  });
  expect(new Set(calls)).toEqual(new Set(['find', 'list', 'history']));
});
