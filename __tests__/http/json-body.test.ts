import { request as httpRequest } from 'node:http';
import express from 'express';
import express4 from 'express4';
import { problem } from '../../lib/contract/problem';
import { listen, type RunningServer } from '../harness/listen';
import type { Browser } from './fixtures/browser';
import { frameworks, mount, type TestApp } from './fixtures/frameworks';
import { HttpBench } from './fixtures/http-bench';
import { problemIn, rawRequest, statusOf } from './fixtures/raw-request';

const current = '/api/v1/sessions/current';

const parsers: readonly { parser: string; before?: (app: TestApp) => void }[] = [
  { parser: 'no parser' },
  { parser: 'express.json()', before: (app) => void app.use('/', express.json() as never) },
  { parser: "Express 4's json()", before: (app) => void app.use('/', express4.json() as never) },
  { parser: 'express.text()', before: (app) => void app.use('/', express.text({ type: '*/*' }) as never) },
  { parser: 'express.raw()', before: (app) => void app.use('/', express.raw({ type: '*/*' }) as never) },
  {
    parser: 'a parser of forms only',
    before: (app) => void app.use('/', express4.urlencoded({ extended: false }) as never),
  },
];

describe.each(
  frameworks.flatMap((framework) => parsers.map((each) => ({ framework, name: framework.name, ...each }))),
)('a body on $name behind $parser', ({ framework, before }) => {
  let browser: Browser;
  beforeEach(async () => {
    browser = await new HttpBench({ framework, ...(before && { before }) }).signedIn();
  });

  const patch = (type: string, text: string) => browser.send('patch', current, { 'Content-Type': type }).send(text);

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'is read as %s',
    async (type) => {
      const { body } = await patch(type, '{"name":"Büro ☕"}').expect(200);
      expect(body).toMatchObject({ session: { device: { name: 'Büro ☕' } } });
    },
  );

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    'json',
    '',
  ])('A45: is refused as %j', async (type) => {
    const answer = await patch(type, '{"name":"x"}');
    expect(answer.status).toBe(415);
    expect(problem.parse(answer.body).code).toBe('unsupported_media_type');
  });

  test.each([
    ['{"name":"x","role":"admin"}', 'role'],
    ['{"name":"x","__proto__":{"trusted":true}}', '__proto__'],
    ['{"constructor":{"prototype":{"trusted":true}},"name":"x"}', 'constructor'],
    ['{"name":"x","trusted":true}', 'trusted'],
    ['{"name":1}', 'name'],
    ['{"name":""}', 'name'],
    ['{"name":{"toString":1}}', 'name'],
    [`{"name":"${'x'.repeat(65)}"}`, 'name'],
    ['{}', 'name'],
  ])('A57 B26: %s is refused, by its %s', async (text, field) => {
    const { body } = await patch('application/json', text).expect(400);
    expect(problem.parse(body)).toMatchObject({ code: 'request_invalid', field });
    expect(Object.prototype).not.toHaveProperty('trusted');
  });

  test.each(['[]', '[{"name":"x"}]'])('%s is refused, it is no object', async (text) => {
    const { body } = await patch('application/json', text).expect(400);
    expect(problem.parse(body)).toMatchObject({ code: 'request_invalid' });
  });
});

describe('what no parser has touched', () => {
  let bench: HttpBench;
  let browser: Browser;
  let server: RunningServer;
  beforeEach(async () => {
    bench = new HttpBench();
    browser = await bench.signedIn();
    server = await listen(bench.app);
  });
  afterEach(() => server.close());

  const head = (...headers: string[]): string[] => [
    `PATCH ${current} HTTP/1.1`,
    `Cookie: ${browser.cookieHeader()}`,
    'Sec-Fetch-Site: same-origin',
    'Content-Type: application/json',
    ...headers,
  ];

  test.each(['', '{', 'null', '"text"', '1', 'nul', '{"name":"x"}}', '['.repeat(30_000)])(
    'is refused where it is not a JSON object: %p',
    async (text) => {
      const answer = await browser.send('patch', current, { 'Content-Type': 'application/json' }).send(text);
      expect(answer.status).toBe(400);
      expect(problem.parse(answer.body).code).toBe('request_invalid');
    },
  );

  test('is refused where it is not UTF-8', async () => {
    const body = '{"name":"\xff\xfe"}';
    const answer = await rawRequest(server.port, head(`Content-Length: ${body.length}`), body);
    expect(statusOf(answer)).toBe(400);
    expect(problemIn(answer)).toMatchObject({ code: 'request_invalid' });
  });

  test.each(['Content-Type: application/json; charset=utf-16', 'Content-Encoding: gzip'])(
    'is refused with %s',
    async (header) => {
      const lines = head('Content-Length: 2').filter((line) => !header.startsWith(line.split(':')[0]!));
      expect(statusOf(await rawRequest(server.port, [...lines, header], '{}'))).toBe(415);
    },
  );

  test('is refused where nothing says what it is', async () => {
    const lines = head('Content-Length: 2').filter((line) => !line.startsWith('Content-Type'));
    expect(statusOf(await rawRequest(server.port, lines, '{}'))).toBe(415);
  });

  test('is refused by its Content-Length before a byte of it is read', async () => {
    const answer = await rawRequest(server.port, head('Content-Length: 65537'));
    expect(statusOf(answer)).toBe(413);
    expect(problemIn(answer)).toMatchObject({ code: 'payload_too_large' });
  });

  test('is refused once it grows too large, and the answer still arrives', async () => {
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest({
        port: server.port,
        host: '127.0.0.1',
        path: current,
        method: 'PATCH',
        headers: {
          Cookie: browser.cookieHeader(),
          'Sec-Fetch-Site': 'same-origin',
          'Content-Type': 'application/json',
        },
      });
      request.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
      for (let count = 0; count < 20; count++) request.write('x'.repeat(16_384));
      request.end();
    });
    expect(status).toBe(413);
  });

  test('may be up to 64 KiB', async () => {
    const padding = ' '.repeat(65_536 - '{"name":"x"}'.length);
    await browser
      .send('patch', current, { 'Content-Type': 'application/json' })
      .send(`{"name":"x"}${padding}`)
      .expect(200);
  });

  test('may break off: nobody is left to answer, and the server goes on', async () => {
    const request = httpRequest({
      port: server.port,
      host: '127.0.0.1',
      path: current,
      method: 'PATCH',
      headers: {
        Cookie: browser.cookieHeader(),
        'Sec-Fetch-Site': 'same-origin',
        'Content-Type': 'application/json',
        'Content-Length': 100,
      },
    });
    request.on('error', () => undefined);
    request.write('{"name"');
    await new Promise((resolve) => setTimeout(resolve, 30));
    request.destroy();
    await new Promise((resolve) => setTimeout(resolve, 30));
    await browser.get('/me').expect(200);
  });

  test('is not asked for where a route needs none', async () => {
    await browser.post('/api/v1/sessions/validate').expect(200);
    await browser.post('/api/v1/sessions/validate').send({}).expect(200);
    const { body } = await browser.post('/api/v1/sessions/validate').send({ token: 'x' }).expect(400);
    expect(problem.parse(body)).toMatchObject({ field: 'token' });
  });

  test('is not even read of someone who is not signed in', async () => {
    const anonymous = await bench.browser().send('patch', current, { 'Content-Type': 'text/plain' }).send('x');
    expect(anonymous.status).toBe(401);
  });
});

test('a body that another middleware has read and thrown away counts as none', async () => {
  const bench = new HttpBench({
    before: (app) =>
      mount(app, '/', (req, _res, next) => {
        req.on('end', () => next()).resume();
      }),
  });
  const browser = await bench.signedIn();
  const { body } = await browser.send('patch', current).send({ name: 'x' }).expect(400);
  expect(problem.parse(body)).toMatchObject({ field: 'name' });
});

describe('PATCH /:id', () => {
  test.each([
    ['{}', undefined],
    ['{"trusted":"yes"}', 'trusted'],
    ['{"trusted":null}', 'trusted'],
  ])('%s is refused', async (text, field) => {
    const browser = await new HttpBench().signedIn();
    const { body } = await browser
      .send('patch', '/api/v1/sessions/3f2504e0-4f89-41d3-9a0c-0305e82c3301', {
        'Content-Type': 'application/json',
      })
      .send(text)
      .expect(400);
    expect(problem.parse(body).field).toBe(field);
  });
});
