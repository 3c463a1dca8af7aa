import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { Redis } from 'ioredis';

/*
 * In a thread and on a connection of its own: PING after PING, a millisecond apart, to see how long others wait for Redis. Told 'reset' it begins anew, told
 * 'tell' it says how long the longest waited, in milliseconds, and how long 99 in 100 did not.
 */

const redis = new Redis(workerData);
/** @type {number[]} */
let waits = [];

parentPort?.on('message', (message) => {
  if (message === 'tell') parentPort?.postMessage(summary());
  waits = [];
});

for (;;) {
  const sent = performance.now();
  await redis.ping();
  waits.push(performance.now() - sent);
  await pause(1);
}

function summary() {
  const sorted = [...waits].sort((one, other) => one - other);
  return { pings: sorted.length, p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0, longest: sorted.at(-1) ?? 0 };
}
