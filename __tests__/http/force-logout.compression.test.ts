import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import compression from 'compression';
import type { Response } from 'express';
import { forceLogoutOnPasswordChange, requireSession } from '../../lib';
import { waitUntil } from '../harness/wait-until';
import { express5, type Framework, frameworks, type Handler, mount } from './fixtures/frameworks';
import { HttpBench } from './fixtures/http-bench';

type Order = 'before' | 'between' | 'after';

const compress = compression() as unknown as Handler;

/** `compression` before everything, between the guard and ours, or after ours. */
function benchWith(order: Order, handler: Handler, framework: Framework = express5): HttpBench {
  return new HttpBench({
    framework,
    before: (app) => {
      if (order === 'before') mount(app, '/', compress);
    },
    routes: (app, sessions) => {
      mount(app, '/password', requireSession(sessions));
      if (order === 'between') mount(app, '/password', compress);
      mount(app, '/password', forceLogoutOnPasswordChange(sessions));
      if (order === 'after') mount(app, '/password', compress);
      mount(app, '/password', handler);
    },
  });
}

let folder: string;
let page: string;
let book: string;
const pageText = `<!doctype html>${'<p>Your password was changed.</p>'.repeat(190)}`;
// Incompressible enough that every buffer on the way fills up.
const bookText = Array.from({ length: 60_000 }, (_, index) => (index * 2_654_435_761).toString(36)).join('\n');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sessionkeeper-'));
  page = join(folder, 'page.html');
  book = join(folder, 'book.html');
  writeFileSync(page, pageText);
  writeFileSync(book, bookText);
});

afterAll(() => rmSync(folder, { recursive: true }));

const html: Handler = (_req, res) => void res.setHeader('Content-Type', 'text/html');
const sendFile =
  (file: () => string): Handler =>
  (_req, res) =>
    (res as unknown as Response).sendFile(file());

/** Ways to answer that wait for `drain` where they are told to. */
const answers: readonly { how: string; handler: Handler; text: () => string; connect?: false }[] = [
  { how: 'res.sendFile of 6 kB', handler: sendFile(() => page), text: () => pageText, connect: false },
  { how: 'res.sendFile of half a megabyte', handler: sendFile(() => book), text: () => bookText, connect: false },
  {
    how: 'a file that is piped',
    handler: (req, res, next) => {
      void html(req, res, next);
      createReadStream(page).pipe(res);
    },
    text: () => pageText,
  },
  {
    how: 'a pipeline',
    handler: async (req, res, next) => {
      void html(req, res, next);
      await pipeline(Readable.from([pageText, bookText]), res);
    },
    text: () => pageText + bookText,
  },
  {
    how: 'a writer that waits once',
    handler: async (req, res, next) => {
      void html(req, res, next);
      if (!res.write(pageText)) await new Promise((resolve) => res.once('drain', () => resolve(undefined)));
      res.end(pageText);
    },
    text: () => pageText + pageText,
  },
];

describe.each(frameworks)('forceLogoutOnPasswordChange beside compression on $name', (framework) => {
  const possible = answers.filter(({ connect }) => connect !== false || framework.name !== 'Connect');
  const cases = possible.flatMap((answer) =>
    (['before', 'between', 'after'] as const).flatMap((order) =>
      ['gzip', 'identity'].map((encoding) => ({ ...answer, order, encoding })),
    ),
  );

  test.each(cases)('A34: lets $how go ($order, $encoding)', async ({ order, encoding, handler, text }) => {
    const bench = benchWith(order, handler, framework);
    const [browser, other] = [await bench.signedIn(), await bench.signedIn()];
    const answer = await browser.post('/password', { 'Accept-Encoding': encoding }).timeout(5_000).expect(200);
    expect(answer.text === text()).toBe(true);
    expect(answer.get('Content-Encoding')).toBe(encoding === 'gzip' ? 'gzip' : undefined);
    expect(answer.get('Set-Cookie')).toHaveLength(2);
    await other.get('/me').expect(401);
    await browser.get('/me').expect(200);
  });

  test.each(['before', 'between', 'after'] as const)('answers 503 in its place (%s)', async (order) => {
    let file: ReturnType<typeof createReadStream> | undefined;
    const bench = benchWith(
      order,
      (req, res, next) => {
        void html(req, res, next);
        file = createReadStream(book);
        return pipeline(file, res).catch(() => undefined);
      },
      framework,
    );
    const browser = await bench.signedIn();
    bench.store.failNext('revokeAll');
    const answer = await browser.post('/password', { 'Accept-Encoding': 'gzip' }).timeout(5_000).expect(503);
    expect(answer.body).toMatchObject({ code: 'sessions_not_revoked' });
    // Left waiting, it would keep its file open for good.
    await waitUntil('the file is closed', () => file?.destroyed === true);
    await bench.sessions.close();
  });
});
