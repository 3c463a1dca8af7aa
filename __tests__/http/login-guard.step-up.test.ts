import { confirmLogin, loginGuard, requireSession } from '../../lib';
import { RiskDial } from '../fixtures/risk-dial';
import type { Browser } from './fixtures/browser';
import { frameworks, type Handler, mount } from './fixtures/frameworks';
import { attempt, elsewhere, fail, failures, guardedBench, logIn, password, shown } from './fixtures/guarded-login';
import { accessCookie, deviceCookie, parameters } from './fixtures/http-bench';

const lockout = { freeFailures: 3, maxFailures: 4, maxFailuresPerPair: 4, action: 'block' } as const;
const roomy = { freeFailures: 50, maxFailures: 50, maxFailuresPerPair: 50 };

describe.each(frameworks)('a right password that is not proof enough, behind loginGuard on $name', (framework) => {
  function benchOf(options: Parameters<RiskDial['options']>[0] = {}, handler = logIn, counted: object = lockout) {
    const dial = new RiskDial();
    const bench = guardedBench({
      framework,
      handler,
      options: { risk: dial.options(options), lockout: counted },
      before: (app) => {
        // As docs/act-on-risk.md has it. The manager comes with the routes.
        mount(app, '/confirm', (req, res, next) => {
          const { sessions } = bench;
          requireSession(sessions, { allowStepUp: true })(req, res, (error) => {
            if (error) return next(error);
            loginGuard(sessions, { account: () => 'alice' })(req, res, confirm);
          });
          function confirm(error?: unknown): void {
            if (error) return next(error);
            if (parameters(req).get('code') !== 'right') return void res.writeHead(403).end('wrong code');
            confirmLogin(sessions, req, res).then(({ status }) => res.end(status), next);
          }
        });
      },
    });
    return { dial, bench };
  }

  const enter = (browser: Browser) => attempt(browser, 'alice', password);
  const confirm = (browser: Browser, code: string) => browser.post(`/confirm?code=${code}`, elsewhere());

  test('A68 C-2FA buys no further guesses at the second factor, however often it is shown between them', async () => {
    const { dial, bench } = benchOf();
    dial.level = 'high';
    const thief = bench.browser();
    const [answers, logins]: [number[], number[]] = [[], []];
    for (let count = 0; count < 12; count++) {
      logins.push((await enter(thief)).status);
      if (thief.value(accessCookie) !== undefined) answers.push((await confirm(thief, 'wrong')).status);
    }
    expect(answers.filter((status) => status === 403)).toHaveLength(4);
    expect(answers.filter((status) => status === 429)).toHaveLength(8);
    expect(logins.slice(0, 4)).toEqual([200, 200, 200, 200]);
    expect(logins.slice(4)).toEqual(Array.from({ length: 8 }, () => 429));
    expect((await confirm(thief, 'right')).status).toBe(429);
    expect(await failures(bench)).toBe(4);
    await bench.close();
  });

  test.each(['step-up', 'revoke'] as const)('A68 forgets no failures, and counts as none, for %s', async (high) => {
    const { dial, bench } = benchOf({ onSignIn: { high } });
    expect(await fail(bench, 2)).toEqual([401, 401]);
    dial.level = 'high';
    const answer = await enter(bench.browser());
    expect(answer).toMatchObject({ status: 200, text: high === 'revoke' ? 'sign-in-refused' : 'created' });
    expect(await failures(bench)).toBe(2);
    await bench.close();
  });

  test('A68 does not make the device one that the account knows, until the login is confirmed', async () => {
    const { dial, bench } = benchOf({}, logIn, { ...roomy, freeFailures: 3 });
    dial.level = 'high';
    const browser = bench.browser();
    await enter(browser);
    expect(browser.value(deviceCookie)).toBeDefined();
    expect((await fail(bench, 5)).at(-1)).toBe(429);
    expect((await enter(browser)).status).toBe(429);
    bench.time.advance(60 * 60_000);
    await enter(browser);
    expect((await confirm(browser, 'right')).text).toBe('reissued');
    expect((await fail(bench, 5)).at(-1)).toBe(429);
    expect((await enter(browser)).status).toBe(200);
    await bench.close();
  });

  test('A68 forgets them once its login is confirmed, and was judged by them', async () => {
    const { dial, bench } = benchOf();
    await fail(bench, 2);
    dial.level = 'high';
    const browser = bench.browser();
    await enter(browser);
    expect(dial.facts.at(-1)!.failures).toBe(2);
    await confirm(browser, 'right');
    expect(await failures(bench)).toBe(0);
    await bench.close();
  });

  test.each(['none', 'high'] as const)(
    'A70 that comes too late while its risk (%s) is judged makes no session, and is answered as the rest',
    async (level) => {
      const { dial, bench } = benchOf({
        signals: [
          {
            code: 'guesses_meanwhile',
            weight: 0,
            detect: async () => {
              const guesses = Array.from({ length: 4 }, () =>
                bench.sessions.lockout.recordFailure({ account: 'alice' }),
              );
              await Promise.all(guesses);
              return null;
            },
          },
        ],
      });
      dial.level = level;
      const browser = bench.browser();
      const late = await enter(browser);
      expect(late).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
      expect(shown(late)).toEqual(shown(await attempt(bench.browser())));
      expect(browser.cookies.size).toBe(0);
      expect((await bench.sessions.list('alice')).data).toEqual([]);
      expect(await failures(bench)).toBe(4);
      await bench.close();
    },
  );

  test('A70 that comes too late before its risk is judged is not judged at all', async () => {
    const handler: typeof logIn =
      (sessions): Handler =>
      async (req, res, next) => {
        await Promise.all(Array.from({ length: 4 }, () => sessions.lockout.recordFailure({ account: 'alice' })));
        await logIn(sessions)(req, res, next);
      };
    const { dial, bench } = benchOf({}, handler);
    expect((await enter(bench.browser())).status).toBe(429);
    expect(dial.facts).toEqual([]);
    expect((await bench.sessions.history('alice')).data).toEqual([]);
    await bench.close();
  });

  test('a sign-in as usual forgets them, and makes the device known, as ever', async () => {
    const { dial, bench } = benchOf();
    await fail(bench, 2);
    const browser = bench.browser();
    expect((await enter(browser)).status).toBe(200);
    expect(dial.facts.at(-1)!.failures).toBe(2);
    expect(await failures(bench)).toBe(0);
    expect((await fail(bench, 5)).at(-1)).toBe(429);
    expect((await enter(browser)).status).toBe(200);
    await bench.close();
  });
});
