import type { IncomingMessage } from 'node:http';
import express from 'express';
import { loginGuard, loginPassed, redeemedToken, requireOneTimeToken, signIn } from '../../lib';
import { problem } from '../../lib/contract/problem';
import { HttpBench } from './fixtures/http-bench';
import { type Handler, mount } from './fixtures/frameworks';

// The flows of docs/one-time-tokens.md.

const purpose = 'second-factor';
const header = 'X-One-Time-Token';

const bodyOf = (req: IncomingMessage) => (req as { body?: Record<string, string> }).body ?? {};

const answer: (status: number, body: object) => Handler = (status, body) => (_req, res) => {
  res.statusCode = status;
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify(body));
};

/** An app that asks for a password first and for a code then. */
function open(): HttpBench {
  return new HttpBench({
    before: (app) => void app.use('/', express.json() as never),
    routes: (app, sessions) => {
      const firstGuard = loginGuard(sessions, { account: (req) => bodyOf(req)['email'] });
      mount(app, '/password', firstGuard, async (req, res, next) => {
        const { email, password } = bodyOf(req);
        const startedAt = await sessions.now();
        if (password !== 'right') return answer(401, {})(req, res, next);
        const passed = await loginPassed(req);
        if (passed.status === 'refused') return next(passed.error);
        const data = { email, startedAt };
        const issue = { purpose, lifetime: '5m', userId: 'alice', maxUses: 5, data } as const;
        const { token } = await sessions.oneTimeTokens.issue(issue);
        return answer(200, { token })(req, res, next);
      });
      const secondGuard = loginGuard(sessions, { account: (req) => String(redeemedToken(req).data['email']) });
      mount(app, '/code', requireOneTimeToken(sessions, { purpose }), secondGuard, async (req, res, next) => {
        const { userId = '', data } = redeemedToken(req);
        if (bodyOf(req)['code'] !== '123456') return answer(401, {})(req, res, next);
        const startedAt = Number(data['startedAt']);
        const outcome = await signIn(sessions, req, res, { userId, startedAt, methods: ['pwd', 'otp'] });
        if (outcome.status !== 'created') return next(outcome.error);
        return answer(200, { session: outcome.session })(req, res, next);
      });
    },
  });
}

async function firstStep(bench: HttpBench): Promise<string> {
  const step = await bench.browser().post('/password').send({ email: 'alice', password: 'right' }).expect(200);
  return (step.body as { token: string }).token;
}

test('requirement 7: a login goes on with its one-time token, which bears a few wrong codes', async () => {
  const bench = open();
  const token = await firstStep(bench);
  const browser = bench.browser();
  const post = (code: string) => browser.post('/code', { [header]: token }).send({ code });
  await browser.post('/code').send({ code: '123456' }).expect(403);
  await post('1').expect(401);
  const signedIn = await post('123456').expect(200);
  expect(signedIn.body).toMatchObject({ session: { userId: 'alice', methods: ['pwd', 'otp'] } });
  await browser.get('/me').expect(200);
});

test('wrong codes end with the uses of the token, whatever the guard would still allow', async () => {
  const bench = open();
  const token = await firstStep(bench);
  const statuses: number[] = [];
  for (let count = 0; count < 6; count++) {
    bench.time.advance(60_000 / 2);
    statuses.push(
      (
        await bench
          .browser()
          .post('/code', { [header]: token })
          .send({ code: '1' })
      ).status,
    );
  }
  expect(statuses).toEqual([401, 401, 401, 401, 401, 403]);
});

test('A37 a password reset between the steps stops the second', async () => {
  const bench = open();
  const token = await firstStep(bench);
  await bench.sessions.revokeAll('alice', { reason: 'password_changed' });
  const browser = bench.browser();
  const refused = await browser
    .post('/code', { [header]: token })
    .send({ code: '123456' })
    .expect(409);
  expect(problem.parse(refused.body).code).toBe('stale_sign_in');
});
