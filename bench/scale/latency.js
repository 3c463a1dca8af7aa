import { median, quantile } from '../measure/statistics.js';
import { busyMilliseconds } from './redis-busy.js';

const rounds = 5;

/**
 * How long one call takes, with one at a time so that none waits for another, in microseconds; and what it costs Redis: `inRedis` as
 * Redis itself counts for its commands, `processor` all that its main thread computes for it. Both are means, the median of five
 * rounds.
 *
 * @typedef {{ median: number, p99: number, inRedis: number, processor: number, calls: number }} Latency
 *
 * @param {import('ioredis').Redis} redis
 * @param {readonly (() => Promise<unknown>)[]} calls @param {'get' | 'evalsha'} [command] what a call sends
 * @returns {Promise<Latency>}
 */
export async function measureLatency(redis, calls, command = 'evalsha') {
  const times = [];
  const costs = [];
  const size = Math.ceil(calls.length / rounds);
  for (let first = 0; first < calls.length; first += size) {
    const round = calls.slice(first, first + size);
    await redis.config('RESETSTAT');
    const before = await busyMilliseconds(redis);
    for (const call of round) {
      const start = performance.now();
      await call();
      times.push(1_000 * (performance.now() - start));
    }
    const processor = (1_000 * ((await busyMilliseconds(redis)) - before)) / round.length;
    costs.push({ inRedis: await meanMicroseconds(redis, command), processor });
  }
  return {
    median: median(times),
    p99: quantile(times, 0.99),
    inRedis: median(costs.map(({ inRedis }) => inRedis)),
    processor: median(costs.map(({ processor }) => processor)),
    calls: times.length,
  };
}

/**
 * The mean of one command of this name. Commands that scripts run are counted by their own names too, so a script's time holds theirs.
 *
 * @param {import('ioredis').Redis} redis @param {'get' | 'evalsha'} command
 */
async function meanMicroseconds(redis, command) {
  const stats = await redis.info('commandstats');
  const [, calls, micros] = new RegExp(`^cmdstat_${command}:calls=(\\d+),usec=(\\d+)`, 'm').exec(stats) ?? [];
  return Number(micros) / Number(calls);
}
