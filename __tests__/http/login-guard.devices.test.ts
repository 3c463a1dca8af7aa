import { attempt, fail, guardedBench, password } from './fixtures/guarded-login';
import { frameworks } from './fixtures/frameworks';

test.each(frameworks)(
  'C-lockout-DoS a sign-in on $name makes the device known of which the guard was told, where it names none itself',
  async (framework) => {
    const bench = guardedBench({
      framework,
      options: { cookies: { device: false } },
      guard: { deviceId: (req) => req.headers['x-device-id'] as string | undefined },
    });
    const own = { 'X-Device-Id': 'of-the-app' };
    expect(await attempt(bench.browser(), 'alice', password, own)).toMatchObject({ status: 200 });
    expect(await fail(bench, 5)).toEqual([401, 401, 401, 401, 429]);
    expect(await attempt(bench.browser(), 'alice', 'wrong', own)).toMatchObject({ status: 401 });
    expect(await attempt(bench.browser(), 'alice', password, own)).toMatchObject({ status: 200 });
  },
);
