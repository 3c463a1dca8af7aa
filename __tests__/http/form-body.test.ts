import express from 'express';
import express4 from 'express4';
import { z } from 'zod';
import { problemHandler } from '../../lib';
import { readFormBody } from '../../lib/http/form-body';
import { listen, type RunningServer } from '../harness/listen';
import { Browser } from './fixtures/browser';
import { frameworks, mount, mountErrorHandler, type TestApp } from './fixtures/frameworks';
import { rawRequest, statusOf } from './fixtures/raw-request';

const schema = z.strictObject({ token: z.string().min(1), hint: z.exactOptional(z.string()) });
const form = 'application/x-www-form-urlencoded';

const parsers: readonly { parser: string; before?: (app: TestApp) => void }[] = [
  { parser: 'no parser' },
  { parser: 'a plain parser of forms', before: (app) => void app.use('/', express.urlencoded() as never) },
  {
    parser: 'a parser of nested forms',
    before: (app) => void app.use('/', express4.urlencoded({ extended: true }) as never),
  },
  { parser: 'a parser of JSON', before: (app) => void app.use('/', express4.json() as never) },
  { parser: 'express.text()', before: (app) => void app.use('/', express.text({ type: '*/*' }) as never) },
  { parser: 'express.raw()', before: (app) => void app.use('/', express.raw({ type: '*/*' }) as never) },
];

describe.each(
  frameworks.flatMap((framework) => parsers.map((each) => ({ framework, name: framework.name, ...each }))),
)('a form on $name behind $parser', ({ framework, before }) => {
  let app: TestApp;
  beforeEach(() => {
    app = framework.create();
    before?.(app);
    mount(app, '/form', async (req, res) => {
      const read = await readFormBody(schema, req);
      res.end(JSON.stringify([read, Object.getPrototypeOf(read) === Object.prototype, 'polluted' in {}]));
    });
    mountErrorHandler(app, problemHandler());
  });

  const send = (body: string, type = form) => new Browser(app).post('/form', { 'Content-Type': type }).send(body);
  const read = async (body: string, type?: string) =>
    JSON.parse((await send(body, type).expect(200)).text) as unknown;

  test.each([form, `${form}; charset=utf-8`, 'Application/X-WWW-Form-Urlencoded;charset="UTF-8"'])(
    'is read as %s',
    async (type) => {
      expect(await read('token=a%2Bb+%E2%98%95&hint=', type)).toEqual([{ token: 'a+b ☕' }, true, false]);
    },
  );

  test.each([
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=x',
    `${form}x`,
    `${form}; charset=utf-16`,
  ])('is refused as %s', async (type) => {
    const { status, body } = await send('{}', type);
    expect([status, (body as { code: string }).code]).toEqual([415, 'unsupported_media_type']);
  });

  test.each(['token=a&token=b', 'token=a&token=a', 'token=a&hint=x&hint='])('refuses %s', async (body) => {
    const answer = await send(body).expect(400);
    expect(answer.body).toMatchObject({ code: 'request_invalid' });
  });

  test.each(['', 'hint=x', 'token=', 'token', 'TOKEN=a'])('finds no token in %j', async (body) => {
    expect((await send(body).expect(400)).body).toMatchObject({ code: 'request_invalid', field: 'token' });
  });

  test('A57 B26 passes over what it does not know, prototypes too', async () => {
    const body =
      '__proto__[polluted]=x&__proto__=y&constructor[prototype][polluted]=x&constructor=z&other=1&token=a';
    expect(await read(body)).toEqual([{ token: 'a' }, true, false]);
  });
});

describe('as it comes over the wire', () => {
  let server: RunningServer;
  beforeAll(async () => {
    const app = express();
    mount(app, '/form', async (req, res) => res.end((await readFormBody(schema, req)).token));
    mountErrorHandler(app, problemHandler());
    server = await listen(app);
  });
  afterAll(() => server.close());

  const post = (headers: readonly string[], body = '') =>
    rawRequest(server.port, ['POST /form HTTP/1.1', ...headers], body);

  test('without a type it is none of ours', async () => {
    expect(statusOf(await post(['Content-Length: 7'], 'token=a'))).toBe(415);
    expect(statusOf(await post([]))).toBe(400);
  });

  test('more than 64 KiB are too many, announced or not', async () => {
    const type = `Content-Type: ${form}`;
    const body = `token=${'a'.repeat(64 * 1024 - 6)}`;
    expect(statusOf(await post([type, `Content-Length: ${body.length}`], body))).toBe(200);
    expect(statusOf(await post([type, `Content-Length: ${body.length + 1}`], `${body}a`))).toBe(413);
    const chunk = `${(body.length + 1).toString(16)}\r\n${body}a\r\n0\r\n\r\n`;
    expect(statusOf(await post([type, 'Transfer-Encoding: chunked'], chunk))).toBe(413);
  });

  test('a compressed one is not unpacked', async () => {
    const headers = [`Content-Type: ${form}`, 'Content-Encoding: gzip', 'Content-Length: 7'];
    expect(statusOf(await post(headers, 'token=a'))).toBe(415);
  });
});
