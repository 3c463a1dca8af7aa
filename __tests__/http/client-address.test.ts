import type { Express } from 'express';
import { express5, frameworks, type Framework } from './fixtures/frameworks';
import { HttpBench } from './fixtures/http-bench';

let warnings: jest.SpyInstance;
beforeEach(() => (warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)));
afterEach(() => warnings.mockRestore());

const codes = (): unknown[] => warnings.mock.calls.map(([, options]) => (options as { code: string }).code);
const forwarded = { 'X-Forwarded-For': '192.0.2.7' };

function trusting(framework: Framework): HttpBench {
  return new HttpBench({
    framework,
    before: (app) => void (app as unknown as Express).set('trust proxy', 'loopback'),
  });
}

// Warnings are given once a process: what gives none goes first.
describe('a forwarded address gives no warning', () => {
  test.each(frameworks.filter(({ name }) => name !== 'Connect'))(
    'where $name trusts the proxy that names it',
    async (framework) => {
      const bench = trusting(framework);
      for (const address of ['192.0.2.7', '127.0.0.1']) {
        await bench.browser().post('/login', { 'X-Forwarded-For': address }).expect(200);
      }
      const { data } = await bench.sessions.list('alice');
      expect(data.map(({ ip }) => ip).sort()).toEqual(['127.0.0.1', '192.0.2.7']);
      expect(codes()).toEqual([]);
    },
  );

  test.each(frameworks)('where a session is checked, on $name', async (framework) => {
    const browser = await new HttpBench({ framework }).signedIn();
    await browser.get('/me', forwarded).expect(200);
    expect(codes()).toEqual([]);
  });
});

test('a sign-in from behind a proxy that nobody trusts is told the fix, once', async () => {
  const bench = new HttpBench({ framework: express5 });
  for (let count = 0; count < 3; count++) await bench.browser().post('/login', forwarded).expect(200);
  expect(codes()).toEqual(['SESSIONKEEPER_TRUST_PROXY']);
  const [[message]] = warnings.mock.calls as [[string]];
  expect(message).toContain("app.set('trust proxy', …)");
  expect(message).toContain('Connect has no such setting');
  expect(message).not.toContain('192.0.2.7');
});
