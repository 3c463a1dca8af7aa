import { Redis } from 'ioredis';
import { Commands } from '../../../lib/store/conformance/commands';
import { newRecord, randomUser } from '../../../lib/store/conformance/records';
import { Calls } from '../../../lib/stores/redis/calls';
import { StoreClock } from '../../../lib/stores/redis/clock';
import { trustingWrites } from '../../../lib/stores/redis/durability/security-writes';
import { Keys } from '../../../lib/stores/redis/keys';
import { PrimaryCheck } from '../../../lib/stores/redis/primary-check';
import { Records } from '../../../lib/stores/redis/records';
import { defineScripts, ScriptRunner, sendScript } from '../../../lib/stores/redis/script-runner';
import { scriptTexts } from '../../../lib/stores/redis/script-texts';
import { retention } from '../../../lib/store/retention';
import { create } from '../../../lib/stores/redis/verbs/create';
import { freshPrefix, testRedisUrl } from '../../harness/test-redis';
import { waitUntil } from '../../harness/wait-until';
import { openRedisScene } from './scene';

const hour = 3_600_000;

/** A server's time that is off by so much, and how long it takes to answer. */
function serverTime(ahead: () => number, delay = () => 0) {
  return async (): Promise<readonly [number, number]> => {
    await new Promise((resolve) => setTimeout(resolve, delay()));
    const now = Date.now() + ahead();
    return [Math.floor(now / 1000), (now % 1000) * 1000];
  };
}

/** Until a measurement that nobody waits for is there. */
const refined = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

test('B13 the time is that of Redis, whatever the clock of this machine says', async () => {
  const wall = jest.spyOn(Date, 'now').mockReturnValue(0);
  const scene = await openRedisScene(testRedisUrl());
  try {
    // An error counts for the time it was read with: the clock measures itself again, and better, while it is used.
    const before = await scene.store.now();
    const errorBefore = scene.store.clockErrorMilliseconds();
    const [seconds, microseconds] = await scene.redis.time();
    const server = Number(seconds) * 1000 + Number(microseconds) / 1000;
    const after = await scene.store.now();
    const error = scene.store.clockErrorMilliseconds();
    expect(error).toBeGreaterThan(0);
    expect(server).toBeGreaterThan(before - errorBefore - 1);
    expect(server).toBeLessThan(after + error + 1);
    expect(typeof scene.store.now()).toBe('number');
  } finally {
    wall.mockRestore();
    await scene.close();
  }
});

test('the time is a promise until it is known, and many who ask share one measurement', async () => {
  let asked = 0;
  const readTime = serverTime(() => hour);
  const clock = new StoreClock(() => {
    asked += 1;
    return readTime();
  });
  const first = [clock.now(), clock.now(), clock.now()];
  expect(first[0]).toBeInstanceOf(Promise);
  expect(clock.errorMilliseconds()).toBe(0);
  for (const now of first) await now;
  expect(asked).toBeLessThan(3);
  await waitUntil('it is refined', () => asked === 3);
  expect(Math.abs((clock.now() as number) - Date.now() - hour)).toBeLessThan(200);
});

test('B13 after hours without use it is asked for again, and nobody is served the time of before', async () => {
  let ahead = 0;
  const clock = new StoreClock(serverTime(() => ahead));
  await clock.now();
  await refined();
  const monotonic = performance.now.bind(performance);
  const later = jest.spyOn(performance, 'now').mockImplementation(() => monotonic() + 8 * hour);
  try {
    ahead = 8 * hour + 10_000; // the server's clock was set while nobody looked
    const now = clock.now();
    expect(now).toBeInstanceOf(Promise);
    expect(Math.abs((await now) - Date.now() - ahead)).toBeLessThan(1_000);
    expect(clock.errorMilliseconds()).toBeLessThan(1_000);
  } finally {
    later.mockRestore();
  }
});

test('the error is half of the shortest round trip, and the time is right within it', async () => {
  const delays = [60, 20, 40];
  const clock = new StoreClock(
    serverTime(
      () => 0,
      () => delays.shift() ?? 0,
    ),
  );
  const expectWithin = (now: number, least: number, most: number): void => {
    const error = clock.errorMilliseconds();
    expect(error).toBeGreaterThanOrEqual(least);
    expect(error).toBeLessThan(most);
    expect(Math.abs(now - Date.now())).toBeLessThanOrEqual(error + 1);
  };
  expectWithin(await clock.now(), 30, 1_000);
  const first = clock.errorMilliseconds();
  await waitUntil('a shorter round trip is known', () => clock.errorMilliseconds() < first);
  expectWithin(clock.now() as number, 10, first);
});

test('the first sample serves at once, whatever becomes of the next', async () => {
  let asked = 0;
  const readTime = serverTime(() => hour);
  const clock = new StoreClock(() => (asked++ === 0 ? readTime() : Promise.reject(new Error('away'))));
  await clock.now();
  await refined();
  expect(asked).toBe(2);
  expect(Math.abs((clock.now() as number) - Date.now() - hour)).toBeLessThan(200);
  expect(asked).toBe(3);
});

test('a first measurement that failed is told, and made again by who asks next', async () => {
  let isAway = true;
  const readTime = serverTime(() => hour);
  const clock = new StoreClock(() => (isAway ? Promise.reject(new Error('away')) : readTime()));
  await expect(clock.now()).rejects.toThrow('away');
  isAway = false;
  expect(Math.abs((await clock.now()) - Date.now() - hour)).toBeLessThan(200);
});

test('it is measured again after a minute of use, behind the back of who asks', async () => {
  let ahead = 0;
  let asked = 0;
  const readTime = serverTime(() => ahead);
  const clock = new StoreClock(() => {
    asked += 1;
    return readTime();
  });
  await clock.now();
  await refined();
  const real = performance.now.bind(performance);
  let passed = 59_000;
  const monotonic = jest.spyOn(performance, 'now').mockImplementation(() => real() + passed);
  try {
    void clock.now();
    expect(asked).toBe(3);
    expect(clock.errorMilliseconds()).toBeGreaterThan(29);
    passed = 61_000;
    ahead = hour;
    expect(typeof clock.now()).toBe('number');
    await waitUntil('it is measured again', () => clock.errorMilliseconds() < 29);
    expect(asked).toBe(6);
    expect(Math.abs((clock.now() as number) - Date.now() - hour)).toBeLessThan(200);
  } finally {
    monotonic.mockRestore();
  }
});

test('while Redis does not answer, the last measurement serves', async () => {
  let isAway = false;
  const readTime = serverTime(() => 0);
  const clock = new StoreClock(() => (isAway ? Promise.reject(new Error('away')) : readTime()));
  await clock.now();
  isAway = true;
  clock.expire();
  expect(Math.abs((clock.now() as number) - Date.now())).toBeLessThan(200);
  await new Promise(setImmediate);
  expect(typeof clock.now()).toBe('number');
});

test('B14 doubt that comes up while it is measured is not forgotten', async () => {
  let ahead = 0;
  let asked = 0;
  const readTime = serverTime(() => ahead);
  const clock = new StoreClock(async () => {
    const time = await readTime();
    asked += 1;
    if (asked === 3) {
      // after the last sample was taken, and before the measurement is there
      ahead = hour;
      clock.expire();
    }
    return time;
  });
  await clock.now();
  await waitUntil('it is measured again', () => Math.abs((clock.now() as number) - Date.now() - hour) < 200);
});

test('B14 a clock that was set back is told once, and by how much; a little, or forward, is not told', async () => {
  let ahead = 0;
  const told: number[] = [];
  const clock = new StoreClock(
    serverTime(() => ahead),
    (milliseconds) => told.push(milliseconds),
  );
  const jump = async (to: number): Promise<void> => {
    ahead = to;
    clock.expire();
    await clock.measure();
  };
  await clock.measure();
  await refined();
  await jump(2 * hour);
  await jump(2 * hour - 900);
  expect(told).toEqual([]);
  await jump(hour);
  await clock.measure();
  expect(told).toHaveLength(1);
  expect(Math.abs(told[0]! - (hour - 900))).toBeLessThan(500);
});

describe('B14 a server whose clock is not the one that was measured', () => {
  const client = new Redis(testRedisUrl(), { maxRetriesPerRequest: 1 });

  const reachability = { noteAnswer: () => undefined, noteLoss: () => undefined };

  afterAll(() => client.disconnect());

  function backend(measuredAhead: () => number) {
    const texts = scriptTexts(retention);
    defineScripts(client, Object.values(texts));
    const keys = new Keys(freshPrefix());
    const primary = new PrimaryCheck(client);
    const calls = new Calls({ client, deadlineMilliseconds: 1_000, own: undefined, primary, reachability });
    const clock = new StoreClock(async () => {
      const [seconds, microseconds] = await sendScript(client, texts.clock, [keys.clock()]);
      return [Number(seconds) + measuredAhead() / 1000, Number(microseconds)];
    });
    const scripts = new ScriptRunner(client, texts, calls, clock);
    const security = trustingWrites(scripts);
    const records = new Records(() => undefined, { note: () => undefined });
    const stamp = async () => ({ at: await clock.now(), notAfter: (await clock.now()) + 1_000 });
    return { clock, backend: { client, calls, scripts, security, keys, records, retention, stamp } };
  }

  test('its clock is ahead: a write in time is made, and the time measured again', async () => {
    let ahead = -hour;
    const { clock, backend: made } = backend(() => ahead);
    const commands = new Commands((await clock.now()) + 1_000);
    await refined();
    ahead = 0;
    const outcome = await create(made, commands.create(newRecord({ userId: randomUser() })));
    expect(outcome.status).toBe('created');
    await waitUntil('it is measured again', () => Math.abs((clock.now() as number) - Date.now()) < 100);
  });

  test('its clock is ahead: a write whose caller gave up is not made', async () => {
    const { clock, backend: made } = backend(() => -hour);
    const commands = new Commands((await clock.now()) - 1);
    const record = newRecord({ userId: randomUser() });
    await expect(create(made, commands.create(record))).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(await client.exists(made.keys.session(record.id))).toBe(0);
  });
});
