import { loginGuard, loginPassed, passwordChanged, requireSession, signIn } from '../../lib';
import { password } from './fixtures/guarded-login';
import { type Framework, frameworks, mount } from './fixtures/frameworks';
import { HttpBench, parameters } from './fixtures/http-bench';

/** As docs/lock-out-guessers.md has it. */
function benchOn(framework: Framework) {
  const halfDone = new Map<string, { readonly account: string; readonly startedAt: number }>();
  const bench = new HttpBench({
    framework,
    routes: (app, sessions) => {
      const account = () => 'alice';
      mount(app, '/first', loginGuard(sessions, { account }), async (req, res, next) => {
        const startedAt = await sessions.now();
        if (parameters(req).get('password') !== password) return void res.writeHead(401).end();
        const passed = await loginPassed(req);
        if (passed.status === 'refused') return next(passed.error);
        halfDone.set('state', { account: 'alice', startedAt });
        res.end();
      });
      mount(app, '/code', loginGuard(sessions, { account }), async (req, res, next) => {
        const { account: userId, startedAt } = halfDone.get('state')!;
        const outcome = await signIn(sessions, req, res, { userId, startedAt });
        if (outcome.status !== 'created') return next(outcome.error);
        res.end();
      });
      mount(app, '/reset', requireSession(sessions), async (req, res) => {
        await passwordChanged(sessions, req, res);
        res.end();
      });
    },
  });
  return bench;
}

describe.each(frameworks)('a sign-in of two steps behind loginGuard, on $name', (framework) => {
  test('A37 is stale where the password was changed between them', async () => {
    const bench = benchOn(framework);
    const [thief, owner] = [bench.browser(), await bench.signedIn()];
    bench.time.advance(1_000);
    await thief.post(`/first?password=${password}`).expect(200);
    bench.time.advance(1_000);
    await owner.post('/reset').expect(200);
    bench.time.advance(1_000);
    const answer = await thief.post('/code').expect(409);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'stale_sign_in' });
  });

  test('A37 signs in where nothing was changed', async () => {
    const bench = benchOn(framework);
    const browser = bench.browser();
    await browser.post(`/first?password=${password}`).expect(200);
    bench.time.advance(60_000);
    await browser.post('/code').expect(200);
  });
});
