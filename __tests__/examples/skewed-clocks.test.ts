import { AdjustableClock } from '../harness/adjustable-clock';
import { type RedisServer, startRedis } from '../harness/redis-server';
import { ask } from './refreshing-client';
import { startExample, stopExamples } from './start-example';

jest.setTimeout(60_000);

const hour = 3_600;
const minute = 60_000;

let redis: RedisServer;

beforeAll(async () => {
  redis = await startRedis();
});

afterAll(async () => {
  await stopExamples();
  await redis.stop();
});

async function start(clock: AdjustableClock): Promise<string> {
  const { url } = await startExample('quickstart/server.js', { REDIS_URL: redis.url, ...clock.env });
  return url;
}

test('two apps whose clocks are an hour fast and an hour slow agree on every session, also when a clock is set (B13)', async () => {
  const [fast, slow] = [new AdjustableClock(), new AdjustableClock()];
  fast.set(hour);
  slow.set(-hour);
  const [one, other] = [await start(fast), await start(slow)];
  const date = new Date((await fetch(`${one}/health`)).headers.get('date')!);
  // Its clock is wrong indeed.
  expect(Math.abs(date.getTime() - Date.now() - hour * 1_000)).toBeLessThan(10 * minute);

  const body = { username: 'alice', password: 'wonderland', transport: 'bearer' };
  const { status, tokens } = await ask(`${one}/login`, { body });
  expect(status).toBe(200);
  expect(Math.abs(Date.parse(tokens!.accessExpiresAt) - Date.now() - 15 * minute)).toBeLessThan(minute);
  for (const url of [one, other]) {
    expect((await ask(`${url}/me`, { bearer: tokens!.accessToken })).status).toBe(200);
  }
  const renewed = await ask(`${other}/api/v1/sessions/refresh`, { body: { refreshToken: tokens!.refreshToken } });
  expect(Math.abs(Date.parse(renewed.tokens!.accessExpiresAt) - Date.now() - 15 * minute)).toBeLessThan(minute);
  const bearer = renewed.tokens!.accessToken;

  fast.set(-hour);
  slow.set(hour);
  for (const url of [one, other]) expect((await ask(`${url}/me`, { bearer })).status).toBe(200);
  expect((await ask(`${one}/logout`, { bearer, body: {} })).status).toBe(204);
  for (const url of [one, other]) expect((await ask(`${url}/me`, { bearer })).status).toBe(401);
  // The password is asked for on a clock that went back by two hours: no sign-in is taken for one of before.
  expect((await ask(`${one}/login`, { body })).status).toBe(200);
});
