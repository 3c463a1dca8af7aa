import { attempt, guardedBench } from './fixtures/guarded-login';
import type { Handler } from './fixtures/frameworks';

test.each([500, 503, 415])(
  'A70 a %d that comes too late is refused: only the right password may reach it',
  async (status) => {
    const bench = guardedBench({
      handler:
        (sessions): Handler =>
        async (_req, res) => {
          await Promise.all(Array.from({ length: 4 }, () => sessions.lockout.recordFailure({ account: 'alice' })));
          res.statusCode = status;
          res.end('the right password got this far');
        },
    });
    const answer = await attempt(bench.browser());
    expect(answer).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
  },
);

test.each([500, 415])('a %d in time goes out as it is, and is no failure', async (status) => {
  const bench = guardedBench({
    handler: (): Handler => (_req, res) => {
      res.statusCode = status;
      res.end('out of order');
    },
  });
  for (let count = 0; count < 6; count++) {
    expect((await attempt(bench.browser())).status).toBe(status);
  }
});
