import { startChild } from '../child.js';
import { startPrivateRedis } from '../private-redis.js';
import { contenders, startContender } from './contenders.js';
import { redisWork, workBetween } from './redis-work.js';
import { median } from './statistics.js';

const mostAttempts = 5;

/**
 * The cost of checking a request's session, for all contenders: they take turns, round after round, so that what slows the machine
 * down for a while slows all of them.
 *
 * @typedef {object} ChecksPlan
 * @property {number} rounds
 * @property {number} requests of each contender in each round
 * @property {number} warmUp requests before the first round
 * @property {number} sessions
 * @property {number} connections
 *
 * @param {ChecksPlan} plan
 */
export async function measureChecks({ rounds, requests, warmUp, sessions, connections }) {
  const { url: redisUrl, redis, stop } = await startPrivateRedis();
  const load = await startChild(new URL('../peers/load.js', import.meta.url));
  const started = [];
  for (const contender of contenders) started.push(await startContender(contender, { redisUrl, sessions }));

  for (const contender of started) await fire(contender, warmUp);
  /** @type {Measured[][]} by contender, then by round */
  const measured = started.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const index of turns(started.length, round)) {
      const contender = /** @type {import('./contenders.js').StartedContender} */ (started[index]);
      // Connections are not equally fast, and each has sessions of its own: by then all of them have been shown.
      await fire(contender, sessions * 4);
      measured[index]?.push(await measure(contender));
    }
  }

  for (const { server } of started) await server.stop();
  await load.stop();
  stop();
  const floor = measured[0] ?? [];
  return started.map(({ contender }, index) => summary(contender, measured[index] ?? [], floor));

  /** @typedef {Awaited<ReturnType<typeof measure>>} Measured */

  /** @param {import('./contenders.js').StartedContender} contender */
  async function measure(contender) {
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      const measured = await measureOnce(contender);
      if (measured) return measured;
      console.log(`  ${contender.contender.name} answers 503, so again: is the machine busy otherwise?`);
    }
    throw new Error(`${contender.contender.name} answers 503, again and again`);
  }

  /** @param {import('./contenders.js').StartedContender} contender */
  async function measureOnce(contender) {
    const before = { redis: await redisWork(redis), cpu: await contender.server.call('cpu') };
    const { seconds, latency, unavailable } = await fire(contender, requests);
    if (unavailable > 0) return undefined;
    const cpu = ((await contender.server.call('cpu')) - before.cpu) / requests;
    const work = workBetween(before.redis, await redisWork(redis));
    return {
      cpu,
      perSecond: requests / seconds,
      latency,
      redisCpu: work.cpuMicroseconds / requests,
      commands: Object.fromEntries(Object.entries(work.calls).map(([name, calls]) => [name, calls / requests])),
    };
  }

  /**
   * Anything but 200 is a fault of the benchmark; but for a 503, which comes where Redis was not given the processor for a second.
   *
   * @param {import('./contenders.js').StartedContender} contender @param {number} amount
   */
  async function fire({ contender, url, sessions }, amount) {
    /** @type {{ statuses: Record<string, number>, seconds: number, latency: { p50: number, p99: number } }} */
    const { statuses, ...result } = await load.call('fire', { url, sessions, connections, amount });
    const unavailable = statuses[503] ?? 0;
    if ((statuses[200] ?? 0) + unavailable !== amount) {
      throw new Error(`${contender.name}: ${amount} requests are answered with ${JSON.stringify(statuses)}`);
    }
    return { ...result, unavailable };
  }

  /** @param {import('./contenders.js').Contender} contender @param {Measured[]} own @param {Measured[]} floor */
  function summary(contender, own, floor) {
    const commandNames = [...new Set(own.flatMap(({ commands }) => Object.keys(commands)))];
    return {
      ...contender,
      cpu: own.map(({ cpu }) => cpu),
      /** Within each round: what the machine did to one it did to both. */
      overFloor: own.map(({ cpu }, round) => cpu - (floor[round]?.cpu ?? NaN)),
      perSecond: own.map(({ perSecond }) => perSecond),
      p50: median(own.map(({ latency }) => latency.p50)),
      p99: median(own.map(({ latency }) => latency.p99)),
      redisCpu: median(own.map(({ redisCpu }) => redisCpu)),
      commands: commandNames.map((name) => ({
        name,
        perRequest: median(own.map(({ commands }) => commands[name] ?? 0)),
      })),
    };
  }
}

/** @typedef {Awaited<ReturnType<typeof measureChecks>>[number]} CheckFigures */

/** Every round begins with another contender. @param {number} count @param {number} round */
function turns(count, round) {
  return Array.from({ length: count }, (_, index) => (index + round) % count);
}
