import { startChild } from '../child.js';
import { startPrivateRedis } from '../private-redis.js';
import { redisWork, workBetween } from './redis-work.js';
import { median } from './statistics.js';

const operations = /** @type {const} */ (['signIn', 'refresh', 'revoke']);

/**
 * Sign-in, refresh and revocation through `SessionManager`, without HTTP, in a process of their own.
 *
 * @typedef {{ rounds: number, amount: number, atOnce: number }} WritesPlan
 * @typedef {{ cpu: number, perSecond: number, p50: number, p99: number }} OperationFigures
 *
 * @param {WritesPlan} plan
 */
export async function measureWrites({ rounds, amount, atOnce }) {
  const { url, redis, stop } = await startPrivateRedis();
  const node = await startChild(new URL('../nodes/session-node.js', import.meta.url), { REDIS_URL: url });
  await node.call('timeWrites', { amount, atOnce }); // warms up
  /** @type {Record<(typeof operations)[number], OperationFigures>[]} */
  const measured = [];
  const before = await redisWork(redis);
  for (let round = 0; round < rounds; round += 1) measured.push(await node.call('timeWrites', { amount, atOnce }));
  const { cpuMicroseconds } = workBetween(before, await redisWork(redis));
  await node.stop();
  stop();
  return {
    redisCpu: cpuMicroseconds / (rounds * amount * operations.length),
    operations: operations.map((name) => {
      const own = measured.map((round) => round[name]);
      return {
        name,
        cpu: own.map(({ cpu }) => cpu),
        perSecond: median(own.map(({ perSecond }) => perSecond)),
        p50: median(own.map(({ p50 }) => p50)),
        p99: median(own.map(({ p99 }) => p99)),
      };
    }),
  };
}

/** @typedef {Awaited<ReturnType<typeof measureWrites>>} WriteFigures */
