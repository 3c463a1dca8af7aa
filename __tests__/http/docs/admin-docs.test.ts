import { adminRouter } from '../../../lib';
import type { OpenApiDocument } from '../../../lib/contract/openapi/types';
import { adminOperations } from '../../fixtures/operations';
import { refusalOf } from '../../fixtures/refusal-of';
import { AdminBench } from '../admin/fixtures/admin-bench';

const ofBrowser = { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' };

let bench: AdminBench;
afterEach(() => bench.sessions.close());

test('unless told otherwise, the document is for whoever is admitted, whatever their scopes, and there is no page', async () => {
  bench = new AdminBench();
  await bench.callFreely('get', '/openapi.json').expect(401);
  await bench.call('get', '/openapi.json', ofBrowser).expect(403);
  const { body } = await bench.callWith('audit:read', 'get', '/openapi.json').expect(200);
  const { paths } = body as OpenApiDocument;
  const ids = Object.values(paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(ids.sort()).toEqual(adminOperations.map(({ id }) => id).sort());
  await bench.call('get', '/docs').expect(404);
  await bench.callFreely('get', '/docs').expect(401);
});

test('public: document and page are for anyone, browsers too; all else stays guarded', async () => {
  bench = new AdminBench({ admin: { docs: 'public' } });
  for (const path of ['/openapi.json', '/docs', '/docs/start.js', '/docs/swagger-ui.css']) {
    await bench.callFreely('get', path, ofBrowser).expect(200);
  }
  await bench.callFreely('get', '/users/alice/sessions').expect(401);
  await bench.call('get', '/users/alice/sessions', ofBrowser).expect(403);
});

test.each([
  ['refused', 'false'],
  ['admitted', 'true'],
] as const)('where browsers are %s, whether the page offers to try is %s', async (browsers, canTry) => {
  bench = new AdminBench({ admin: { docs: 'public', browsers } });
  const { text } = await bench.callFreely('get', '/docs').expect(200);
  expect(text).toContain(`data-try="${canTry}"`);
});

test('false: neither is there', async () => {
  bench = new AdminBench({ admin: { docs: false } });
  for (const path of ['/openapi.json', '/docs']) await bench.call('get', path).expect(404);
});

test('docs takes nothing else', () => {
  bench = new AdminBench();
  const refusal = refusalOf(() => adminRouter(bench.sessions, { authorize: () => null, docs: true as never }));
  expect(refusal.message).toContain("adminRouter.docs: expected 'guarded', 'public' or false");
});
