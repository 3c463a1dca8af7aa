import { frameworks } from '../fixtures/frameworks';
import { rawRequest, statusOf } from '../fixtures/raw-request';
import { listen, type RunningServer } from '../../harness/listen';
import { AdminBench, base, rootSecret } from './fixtures/admin-bench';
import { adminOperations } from './fixtures/sample-calls';

jest.setTimeout(60_000);

const hostile = [
  ...[
    '..',
    '.',
    '%2e%2e',
    '%2e%2e%2f%2e%2e',
    '..%2f..%2fusers',
    '%2f',
    '%5c..%5c',
    '%00',
    'a%00b',
    '%0d%0aX-Evil:%201',
  ],
  ...['%', '%f', '%zz', '%ff', '%c0%af', '%ed%a0%80', '%f4%90%80%80', '%F0%9F%94%91', '%e2%80%ae', '%ef%bf%bd'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '*',
    '%2A',
    '{userId}',
    '%7Btag%7D',
    ':',
    ';a=b',
    '%25',
    '%252e',
    '%20',
    '+',
  ],
  ...['x'.repeat(513), 'x'.repeat(10_000), '%41'.repeat(3_000), '%e2%82%ac'.repeat(1_000), '%00'.repeat(3_000)],
];

const withParameters = adminOperations.filter(({ path }) => path.includes('{'));

describe.each(frameworks)('paths that nobody sends by mistake, on $name', (framework) => {
  let bench: AdminBench;
  let server: RunningServer;
  beforeAll(async () => {
    bench = new AdminBench({ framework });
    server = await listen(bench.app);
  });
  afterAll(async () => {
    await server.close();
    await bench.sessions.close();
  });

  test.each(withParameters.map((operation) => [operation.id, operation] as const))(
    'A53 A59: %s takes them for what nobody has, or refuses them',
    async (_, { method, path }) => {
      for (const text of hostile) {
        const target = base + path.replace(/\{\w+\}/g, text);
        const lines = [`${method} ${target} HTTP/1.1`, `Authorization: Bearer ${rootSecret}`];
        const answer = await rawRequest(server.port, lines);
        // Node itself refuses a head of more than 16 KiB (B23).
        const expected = target.length > 15_000 ? [431] : [200, 204, 400, 404, 405];
        expect(expected).toContain(statusOf(answer));
        expect(answer).not.toMatch(/^X-Evil/im);
      }
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );

  test('A59: hostile user ids are users like any other, and none reaches another’s sessions', async () => {
    const { accessToken } = await bench.bearer('alice');
    const names = ['alice:x', '{alice}', 'alice*', 'alice\0', '*', '../alice', 'Alice', 'alice ', '%61lice'];
    for (const name of names) {
      const answer = await bench.call('delete', `/users/${encodeURIComponent(name)}/sessions`).expect(200);
      expect(answer.body).toEqual({ ended: 0 });
    }
    expect(await bench.sessions.verify(accessToken)).toMatchObject({ status: 'active' });
    // The same name in another spelling of the same path is the same user.
    const answer = await bench.call('delete', '/users/%61lice/sessions').expect(200);
    expect(answer.body).toEqual({ ended: 1 });
  });
});
