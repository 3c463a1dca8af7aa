import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { busyMilliseconds } from '../scale/redis-busy.js';

/**
 * @typedef {{ seconds: number, busy: number, pings: number, p99: number, longest: number, slowest: string, slowestMilliseconds: number }} Observed
 */

/**
 * What others feel of a piece of work.
 *
 * @param {string} url @param {import('ioredis').Redis} redis
 */
export async function openObserver(url, redis) {
  const pinger = new Worker(new URL('./pinger.js', import.meta.url), { workerData: url });
  await redis.config('SET', 'slowlog-log-slower-than', 1_000);
  return {
    /** @param {() => Promise<unknown>} work @returns {Promise<Observed>} */
    async during(work) {
      await redis.slowlog('RESET');
      const before = await busyMilliseconds(redis);
      const begun = performance.now();
      pinger.postMessage('reset');
      await work();
      const elapsed = performance.now() - begun;
      const busy = (await busyMilliseconds(redis)) - before;
      pinger.postMessage('tell');
      const [waits] = await once(pinger, 'message');
      return { seconds: elapsed / 1_000, busy: busy / elapsed, ...waits, ...(await slowest(redis)) };
    },
    close: () => pinger.terminate(),
  };
}

/** @param {import('ioredis').Redis} redis */
async function slowest(redis) {
  const entries = /** @type {[number, number, number, string[]][]} */ (await redis.slowlog('GET', 128));
  const [entry] = entries.sort((one, other) => other[2] - one[2]);
  if (!entry) return { slowest: 'none over 1 ms', slowestMilliseconds: 0 };
  return { slowest: (entry[3][0] ?? '').toUpperCase(), slowestMilliseconds: entry[2] / 1_000 };
}
