import { frameworks, type Handler } from './fixtures/frameworks';
import { attempt, elsewhere, guardedBench, password } from './fixtures/guarded-login';

let warnings: jest.SpyInstance;
beforeEach(() => (warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)));
afterEach(() => warnings.mockRestore());

const given = (): unknown[] =>
  warnings.mock.calls
    .map(([, options]) => (options as { code: string }).code)
    .filter((code) => code !== 'SESSIONKEEPER_INSECURE_COOKIE');

const connect = frameworks.find(({ name }) => name === 'Connect')!;
// As where the body parser comes after the guard, or the field has another name.
const unread = { account: (req: { body?: { email?: string } }) => req.body?.email };

// Warnings are given once a process: what gives none goes first.
describe('a login gives no warning', () => {
  test('where its account is known', async () => {
    const bench = guardedBench();
    expect((await attempt(bench.browser())).status).toBe(401);
    expect(given()).toEqual([]);
  });

  test.each([500, 415])('whose answer is %d: nobody has judged a password', async (status) => {
    const handler = (): Handler => (_req, res) => {
      res.statusCode = status;
      res.end();
    };
    const bench = guardedBench({ guard: unread, handler });
    expect((await attempt(bench.browser())).status).toBe(status);
    expect(given()).toEqual([]);
  });
});

test('A68 a login whose account is not found is counted for its address, and the fix is told, once', async () => {
  const bench = guardedBench({ guard: unread, options: { lockout: { maxFailuresPerAddress: 2 } } });
  const from = elsewhere();
  expect((await attempt(bench.browser(), 'alice', password, from)).status).toBe(200);
  const statuses = [];
  for (let count = 0; count < 3; count++) {
    statuses.push((await attempt(bench.browser(), 'alice', 'wrong', from)).status);
  }
  expect(statuses).toEqual([401, 401, 429]);
  expect(given()).toEqual(['SESSIONKEEPER_ACCOUNT']);
  expect(warnings).toHaveBeenCalledWith(
    expect.stringContaining('Mount the body parser before loginGuard'),
    expect.anything(),
  );
});

test('A50 a login from behind a proxy that nobody trusts is told the fix, once', async () => {
  const bench = guardedBench({ framework: connect });
  for (const address of ['192.0.2.7', '192.0.2.8']) {
    expect((await attempt(bench.browser(), 'alice', 'wrong', { Forwarded: `for=${address}` })).status).toBe(401);
  }
  expect(given()).toEqual(['SESSIONKEEPER_TRUST_PROXY']);
});
