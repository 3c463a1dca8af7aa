import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { sessionRouter } from '../../../lib';
import type { OpenApiDocument } from '../../../lib/contract/openapi/types';
import { problem } from '../../../lib/contract/problem';
import { root, textOf } from '../../repo/source-tree';
import { refusalOf } from '../../fixtures/refusal-of';
import type { Answer } from '../fixtures/browser';
import { frameworks } from '../fixtures/frameworks';
import { HttpBench } from '../fixtures/http-bench';

const mount = '/api/v1/sessions';

describe.each(frameworks)('the documentation of the session router, on $name', (framework) => {
  const bench = new HttpBench({ framework });
  const get = (path: string): Promise<Answer> => bench.browser().get(`${mount}${path}`);

  test('anyone may have the document; it tells the version of the library, and where it was fetched from', async () => {
    const answer = await get('/openapi.json');
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    const { openapi, info, servers } = answer.body as OpenApiDocument;
    const { version } = JSON.parse(textOf('package.json')) as { version: string };
    expect({ openapi, version: info.version, servers: servers.map(({ url }) => url) }).toEqual({
      openapi: '3.1.1',
      version,
      servers: ['.'],
    });
  });

  test.each([
    ['/docs', './docs'],
    ['/docs/', '.'],
  ])('the page at %s finds its files below %s', async (path, folder) => {
    const { text, headers } = await get(path);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    const files = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file!);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      expect(file.startsWith(`${folder}/`)).toBe(true);
      const { pathname } = new URL(file, `http://app.example${mount}${path}`);
      await bench.browser().get(pathname).expect(200);
    }
  });

  test('the page runs nothing inline, may be shown in no frame, and asks nobody else', async () => {
    const { text, headers } = await get('/docs');
    expect(text).not.toMatch(/<script[^>]*>[^<]|<style|\son\w+=|https?:/);
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['cache-control']).toBe('no-store');
    const policy = String(headers['content-security-policy']);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(policy).toContain("default-src 'none'; script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  test('its files are those of the package, each with its type', async () => {
    const script = await get('/docs/swagger-ui-bundle.js');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    const folder = join(root, 'node_modules/swagger-ui-dist');
    expect(script.text).toBe(readFileSync(join(folder, 'swagger-ui-bundle.js'), 'utf8'));
    expect((await get('/docs/swagger-ui.css')).headers['content-type']).toBe('text/css; charset=utf-8');
    expect((await get('/docs/favicon-32x32.png')).headers['content-type']).toBe('image/png');
  });

  test.each([
    '/docs/package.json',
    '/docs/swagger-ui.js',
    '/docs/..%2Fpackage.json',
    '/docs/..%2F..%2F..%2Fpackage.json',
    '/docs/%2Fetc%2Fpasswd',
    '/docs/__proto__',
    '/docs/swagger-ui.css%00',
    '/docs/more/swagger-ui.css',
  ])('no other file is ever read: %s', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(problem.parse(answer.body).code).toBe('not_found');
  });

  test('there is nothing to change, and nothing to ask', async () => {
    for (const path of ['/openapi.json', '/docs', '/docs/start.js']) {
      await bench.browser().post(`${mount}${path}`).expect(405);
      await bench.browser().get(`${mount}${path}?unknown=1`).expect(400);
      await bench.browser().send('head', `${mount}${path}`).expect(200);
    }
  });
});

test('docs: false leaves neither, for anyone', async () => {
  const bench = new HttpBench({ router: { docs: false } });
  for (const browser of [bench.browser(), await bench.signedIn()]) {
    for (const path of ['/openapi.json', '/docs', '/docs/', '/docs/start.js']) {
      await browser.get(`${mount}${path}`).expect(404);
    }
  }
});

test('docs takes true or false', () => {
  const { sessions } = new HttpBench();
  const refusal = refusalOf(() => sessionRouter(sessions, { docs: 'public' as never }));
  expect(refusal.code).toBe('options_invalid');
  expect(refusal.message).toContain('sessionRouter.docs');
});
