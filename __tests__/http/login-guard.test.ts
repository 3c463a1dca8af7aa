import express, { type Response } from 'express';
import { loginGuard, type LoginGuardOptions, loginPassed, type SessionManager, signIn } from '../../lib';
import { loginAttempt } from '../../lib/http/login-attempt';
import { refusalOf } from '../fixtures/refusal-of';
import type { Answer } from './fixtures/browser';
import { frameworks, type Handler, mount } from './fixtures/frameworks';
import { attempt, elsewhere, fail, failures, guardedBench, logIn, password, shown } from './fixtures/guarded-login';
import { HttpBench, parameters } from './fixtures/http-bench';

const second = 1_000;

describe.each(frameworks)('loginGuard on $name', (framework) => {
  test('A68 lets failures pass, then asks to wait longer and longer, in seconds', async () => {
    const bench = guardedBench({ framework });
    expect(await fail(bench, 4)).toEqual([401, 401, 401, 401]);
    for (const wait of [1, 2, 4]) {
      const answer = await attempt(bench.browser());
      expect(answer.status).toBe(429);
      expect(answer.get('Retry-After')).toBe(String(wait));
      bench.time.advance(wait * second);
      expect((await attempt(bench.browser())).status).toBe(401);
    }
  });

  test('A69 a sign-in forgets the failures, and makes the device known', async () => {
    const bench = guardedBench({ framework });
    await fail(bench, 3);
    const owner = bench.browser();
    expect(await attempt(owner, 'alice', password)).toMatchObject({ status: 200, text: 'created' });
    expect(await failures(bench)).toBe(0);
    expect(await fail(bench, 5)).toEqual([401, 401, 401, 401, 429]);
  });

  test('C-lockout-DoS the owner gets in while strangers have locked the account, a forged device id does not', async () => {
    const bench = guardedBench({ framework });
    const owner = bench.browser();
    await attempt(owner, 'alice', password);
    await fail(bench, 5);
    const thief = bench.browser();
    const deviceCookie = [...owner.cookies.values()].find(({ name }) => name.includes('device'))!;
    const forged = `${deviceCookie.name}=${'x'.repeat(22)}`;
    expect((await attempt(thief, 'alice', password, { ...elsewhere(), Cookie: forged })).status).toBe(429);
    expect((await attempt(bench.browser(), 'alice', password)).status).toBe(429);
    expect((await attempt(owner, 'alice', password)).status).toBe(200);
    expect((await attempt(bench.browser(), 'alice', password)).status).toBe(200);
  });

  test('A71 a lock spares the sessions that there are', async () => {
    const bench = guardedBench({ framework });
    const owner = await bench.signedIn();
    await fail(bench, 5);
    await owner.get('/me').expect(200);
  });

  test.each([
    { what: '401', status: 401, counts: true },
    { what: 'a form shown again', status: 200, counts: true },
    { what: "passport's redirect", status: 302, counts: true },
    { what: 'an unusable body', status: 400, counts: true },
    { what: '415', status: 415, counts: false },
    { what: '500', status: 500, counts: false },
    { what: '503', status: 503, counts: false },
  ])('$what counts: $counts', async ({ status, counts }) => {
    const handler = (): Handler => (_req, res) => {
      res.writeHead(status, { Location: '/login' });
      res.end();
    };
    const bench = guardedBench({ framework, handler });
    expect(await fail(bench, 1)).toEqual([status]);
    expect(await failures(bench)).toBe(counts ? 1 : 0);
  });

  test('an error of an async handler is no failed login', async () => {
    const handler = (): Handler => async () => {
      await Promise.resolve();
      throw new Error('the database is down');
    };
    const bench = guardedBench({ framework, handler });
    expect(await fail(bench, 1)).toEqual([500]);
    expect(await failures(bench)).toBe(0);
  });

  test('a redirect to a second factor is no failure, and forgets none', async () => {
    const handler = (): Handler => async (req, res) => {
      if (parameters(req).get('password') === password) await loginPassed(req);
      res.writeHead(302, { Location: parameters(req).get('password') === password ? '/code' : '/login' });
      res.end();
    };
    const bench = guardedBench({ framework, handler });
    expect(await fail(bench, 2)).toEqual([302, 302]);
    expect((await attempt(bench.browser(), 'alice', password)).status).toBe(302);
    expect(await failures(bench)).toBe(2);
  });

  test('an account function that throws ends with the error handlers, and nothing is counted', async () => {
    const account = (): never => {
      throw new TypeError('no body');
    };
    const bench = guardedBench({ framework, guard: { account } });
    expect(await attempt(bench.browser())).toMatchObject({ status: 500, text: 'unhandled: no body' });
    expect(bench.store.calls).not.toContain('count');
  });
});

describe('what loginGuard answers', () => {
  test('A70 an account that exists, one that does not and one that is locked look alike, byte for byte', async () => {
    const bench = guardedBench();
    await bench.signedIn('user=alice');
    for (const nth of [1, 2, 3, 4, 5, 6]) {
      const [known, unknown] = [
        await attempt(bench.browser(), 'alice'),
        await attempt(bench.browser(), 'nobody'),
      ] as const;
      expect(known.status).toBe(nth < 5 ? 401 : 429);
      expect(shown(known)).toEqual(shown(unknown));
    }
  });

  test('A70 A53 a delay, a suspension, a block, a pair and an address are refused with the same body', async () => {
    const lockouts = [
      { freeFailures: 0 },
      { maxFailures: 1 },
      { maxFailures: 1, action: 'block' },
      { maxFailuresPerPair: 1 },
      { maxFailuresPerAddress: 1 },
    ] as const;
    const seen = new Set<string>();
    const waits: (string | undefined)[] = [];
    for (const lockout of lockouts) {
      const bench = guardedBench({ options: { lockout } });
      const here = elsewhere();
      await attempt(bench.browser(), 'alice', 'wrong', here);
      const refused = await attempt(bench.browser(), 'alice', password, here);
      seen.add(refused.text);
      waits.push(refused.get('Retry-After'));
      expect(refused.get('Content-Type')).toBe('application/problem+json');
      expect(refused.get('Cache-Control')).toBe('no-store');
    }
    expect([...seen].map((text) => JSON.parse(text) as unknown)).toEqual([
      {
        type: 'urn:sessionkeeper:problem:too_many_attempts',
        title: 'Too many attempts',
        status: 429,
        code: 'too_many_attempts',
      },
    ]);
    expect(waits).toEqual(['1', '900', '3600', '900', '900']);
  });

  test.each(['__proto__', '\n', '\ud83d', 'a'.repeat(6_000), '{"$gt":""}', "' OR 1=1 --"])(
    'B26 the hostile account %j is a wrong one like any other',
    async (account) => {
      const bench = guardedBench({ guard: { account: () => account } });
      const blank = account.trim() === '';
      const statuses = await fail(bench, 5);
      expect(statuses).toEqual(blank ? [401, 401, 401, 401, 401] : [401, 401, 401, 401, 429]);
    },
  );

  test('B26 an account in a JSON body that is no text is 400, and a megabyte of one is counted', async () => {
    const bench = guardedBench({
      before: (app) => app.use('/', express.json({ limit: '2mb' }) as never),
      guard: { account: (req) => (req as unknown as { body: { email: string } }).body.email },
    });
    const post = (email: unknown): Promise<Answer> => bench.browser().post('/guarded', elsewhere()).send({ email });
    for (const email of [['alice'], { $gt: '' }, 5, true]) {
      expect(await post(email)).toMatchObject({ status: 400, body: { code: 'request_invalid', field: 'account' } });
    }
    const long = 'x'.repeat(2 ** 20);
    const statuses: number[] = [];
    for (let nth = 0; nth < 5; nth++) statuses.push((await post(long)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 429]);
    expect((await post('Alice')).status).toBe(401);
    expect((await post(null)).status).toBe(401);
    expect(await failures(bench)).toBe(1);
  });
});

describe('how loginGuard counts', () => {
  test('A69 rotating addresses run into the account, rotating accounts into the address', async () => {
    const bench = guardedBench({ options: { lockout: { maxFailuresPerAddress: 20 } } });
    expect((await fail(bench, 6, 'victim')).slice(4)).toEqual([429, 429]);
    const here = elsewhere();
    const statuses: number[] = [];
    for (let nth = 0; nth < 22; nth++) {
      statuses.push((await attempt(bench.browser(), `user-${nth}`, 'wrong', here)).status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
    expect(statuses.slice(20)).toEqual([429, 429]);
  });

  test('A69 whoever signs in to an account of their own between guesses has no more of them', async () => {
    const bench = guardedBench({ options: { lockout: { maxFailuresPerAddress: 3 } } });
    const here = elsewhere();
    const statuses: number[] = [];
    for (let nth = 0; nth < 4; nth++) {
      statuses.push((await attempt(bench.browser(), `user-${nth}`, 'wrong', here)).status);
      await attempt(bench.browser(), 'mallory', password, here);
    }
    expect(statuses).toEqual([401, 401, 401, 429]);
  });

  test('A50 an IPv6 network counts as one address', async () => {
    const bench = guardedBench({ options: { lockout: { maxFailuresPerAddress: 2 } } });
    const from = async (ip: string, user: string): Promise<number> =>
      (await attempt(bench.browser(), user, 'wrong', { 'X-Test-Ip': ip })).status;
    expect(await from('2001:db8:0:1::1', 'a')).toBe(401);
    expect(await from('2001:0DB8:0:1:ffff::2', 'b')).toBe(401);
    expect(await from('2001:db8:0:1:abcd:ef::3', 'c')).toBe(429);
    expect(await from('2001:db8:0:2::1', 'd')).toBe(401);
  });

  test.each([undefined, ''])('where there is no account (%j) only the address counts', async (account) => {
    const bench = guardedBench({
      options: { lockout: { maxFailuresPerAddress: 2 } },
      guard: { account: () => account },
    });
    const here = elsewhere();
    const statuses: number[] = [];
    for (let nth = 0; nth < 3; nth++) statuses.push((await attempt(bench.browser(), 'x', 'wrong', here)).status);
    expect(statuses).toEqual([401, 401, 429]);
    expect((await attempt(bench.browser())).status).toBe(401);
  });

  test('`failed` decides which answers are failures, also of 5xx', async () => {
    const failed: LoginGuardOptions['failed'] = (_req, res) => res.getHeader('X-Login') === 'no';
    const handler = (): Handler => (req, res) => {
      res.statusCode = Number(parameters(req).get('password'));
      res.setHeader('X-Login', res.statusCode === 500 ? 'no' : 'yes');
      res.end();
    };
    const bench = guardedBench({ guard: { failed }, handler });
    await attempt(bench.browser(), 'alice', '401');
    expect(await failures(bench)).toBe(0);
    await attempt(bench.browser(), 'alice', '500');
    expect(await failures(bench)).toBe(1);
  });

  test('`failed` is not asked where signIn or loginPassed has run, and counts where it throws', async () => {
    const failed = jest.fn(() => {
      throw new Error('a bug');
    });
    const warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const bench = guardedBench({ guard: { failed } });
    await attempt(bench.browser(), 'alice', password);
    expect(failed).not.toHaveBeenCalled();
    await fail(bench, 1);
    expect(await failures(bench)).toBe(1);
    expect(warnings).toHaveBeenCalledWith('loginGuard.failed failed: Error: a bug', expect.anything());
    warnings.mockRestore();
  });

  test('`deviceId` tells the device of clients without cookies', async () => {
    const deviceId: LoginGuardOptions['deviceId'] = (req) => req.headers['x-device'] as string | undefined;
    const handler =
      (sessions: SessionManager): Handler =>
      async (req, res) => {
        if (parameters(req).get('password') !== password) res.statusCode = 401;
        else {
          const device = req.headers['x-device'] as string;
          await signIn(sessions, req, res, { userId: 'alice', transport: 'bearer', deviceId: device });
        }
        res.end();
      };
    const bench = guardedBench({ guard: { deviceId }, handler });
    const phone = { 'X-Device': 'the-phone' };
    await attempt(bench.browser(), 'alice', password, { ...elsewhere(), ...phone });
    await fail(bench, 5);
    expect((await attempt(bench.browser(), 'alice', password)).status).toBe(429);
    expect((await attempt(bench.browser(), 'alice', password, { ...elsewhere(), ...phone })).status).toBe(200);
  });

  test('A37 signIn takes its beginning from the guard, before the handler', async () => {
    const handler =
      (sessions: SessionManager): Handler =>
      async (req, res) => {
        bench.time.advance(second);
        await sessions.revokeAll('alice');
        bench.time.advance(second);
        res.end((await signIn(sessions, req, res, { userId: 'alice' })).status);
      };
    const bench = guardedBench({ handler });
    expect((await attempt(bench.browser())).text).toBe('stale-sign-in');
    expect(await failures(bench)).toBe(0);
  });
});

describe('several guards on one request', () => {
  function twoManagers(handler: (own: SessionManager, others: SessionManager) => Handler) {
    const { sessions: others } = new HttpBench();
    const bench = new HttpBench({
      routes: (app, own) => {
        const guards = [own, others].map((sessions) => loginGuard(sessions, { account: () => 'alice' }));
        mount(app, '/both', ...guards, handler(own, others));
      },
    });
    return { bench, others };
  }

  test('two managers do not disturb each other: a success with one is none with the other', async () => {
    const { bench, others } = twoManagers((own) => async (req, res) => {
      expect(loginAttempt(req, own)).toBeDefined();
      await signIn(own, req, res, { userId: 'alice' });
      res.end();
    });
    await bench.sessions.lockout.recordFailure({ account: 'alice' });
    await bench.browser().post('/both').expect(200);
    expect(await bench.sessions.lockout.state('alice')).toMatchObject({ failures: 0 });
    expect(await others.lockout.state('alice')).toMatchObject({ failures: 1 });
  });

  test('loginPassed is for all of them', async () => {
    const { bench, others } = twoManagers(() => async (req, res) => {
      expect(await loginPassed(req)).toEqual({ status: 'passed' });
      res.end();
    });
    await bench.browser().post('/both').expect(200);
    expect(await failures(bench)).toBe(0);
    expect((await others.lockout.state('alice')).failures).toBe(0);
  });

  test('where the second refuses, the first has seen no attempt', async () => {
    const { bench, others } = twoManagers(() => (_req, res) => res.end());
    for (let failed = 0; failed < 4; failed++) await others.lockout.recordFailure({ account: 'alice' });
    await bench.browser().post('/both').expect(429);
    expect(await failures(bench)).toBe(0);
  });

  test.each([0, 1])('A68 a failure that comes too late for one of them (%i) is refused once', async (which) => {
    const { bench, others } = twoManagers((own) => async (_req, res) => {
      for (let failed = 0; failed < 4; failed++) {
        await [own, others][which]!.lockout.recordFailure({ account: 'alice' });
      }
      res.statusCode = 401;
      res.end('wrong');
    });
    const answer = await bench.browser().post('/both').timeout(2_000);
    expect(answer).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    const states = await Promise.all([bench.sessions, others].map(({ lockout }) => lockout.state('alice')));
    // The other has counted it: it was a guess at that account too.
    expect(states.map((state) => state.failures)).toEqual(which === 0 ? [4, 1] : [1, 4]);
  });

  test('A68 a failure that comes too late for both is refused once', async () => {
    const { bench, others } = twoManagers((own) => async (_req, res) => {
      for (const { lockout } of [own, others]) {
        for (let failed = 0; failed < 4; failed++) await lockout.recordFailure({ account: 'alice' });
      }
      res.statusCode = 401;
      res.end('wrong');
    });
    const late = await bench.browser().post('/both').timeout(2_000);
    expect(shown(late)).toEqual(shown(await bench.browser().post('/both')));
  });

  test('A68 a right password that comes too late for one account forgets the failures of none', async () => {
    const bench = guardedBench({
      guard: { account: () => 'alice' },
      handler: (sessions) => (req, res, next) => {
        const again = loginGuard(sessions, { account: () => '+1 555 0100' });
        again(req, res, () => {
          const late = Array.from({ length: 4 }, () => sessions.lockout.recordFailure({ account: '+1 555 0100' }));
          void Promise.all(late).then(async () => logIn(sessions)(req, res, next), next);
        });
      },
    });
    await bench.sessions.lockout.recordFailure({ account: 'alice' });
    expect(await attempt(bench.browser(), 'alice', password)).toMatchObject({ status: 429 });
    expect([await failures(bench), await failures(bench, '+1 555 0100')]).toEqual([1, 4]);
    expect((await bench.sessions.list('alice')).data).toEqual([]);
  });

  test('two of one manager count two accounts, and one sign-in settles both', async () => {
    const bench = guardedBench({
      guard: { account: () => 'alice' },
      handler: (sessions) => (req, res, next) => {
        const again = loginGuard(sessions, { account: () => '+1 555 0100' });
        again(req, res, (error) => {
          if (error !== undefined) return next(error);
          void Promise.resolve(logIn(sessions)(req, res, next)).catch(next);
        });
      },
    });
    await fail(bench, 2);
    expect([await failures(bench), await failures(bench, '+1 555 0100')]).toEqual([2, 2]);
    await attempt(bench.browser(), 'alice', password);
    expect([await failures(bench), await failures(bench, '+1 555 0100')]).toEqual([0, 0]);
  });
});

test('a request that no guard has seen has no attempt, and loginPassed does nothing to it', async () => {
  const bench = new HttpBench({
    routes: (app, sessions) =>
      mount(app, '/plain', async (req, res) => {
        expect(await loginPassed(req)).toEqual({ status: 'passed' });
        (res as Response).json(loginAttempt(req, sessions) ?? 'none');
      }),
  });
  expect((await bench.browser().post('/plain').expect(200)).body).toBe('none');
});

test('options are checked when it is made', () => {
  const { sessions } = new HttpBench();
  const account = (): string => 'alice';
  const made = (options: unknown): string =>
    refusalOf(() => loginGuard(sessions, options as LoginGuardOptions)).message;
  expect(made({})).toBe('loginGuard.account: expected a function, got undefined');
  expect(made({ account: 'email' })).toBe("loginGuard.account: expected a function, got 'email'");
  expect(made({ account, fail: account })).toContain("did you mean 'failed'?");
  expect(made({ account, failed: true })).toContain('loginGuard.failed: expected a function');
  expect(made({ account, deviceId: 'x' })).toContain('loginGuard.deviceId: expected a function');
});
