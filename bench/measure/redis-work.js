/**
 * What a Redis has done so far. The asking itself is left out.
 *
 * @param {import('ioredis').Redis} redis
 */
export async function redisWork(redis) {
  const calls = new Map();
  for (const [, name, count] of (await redis.info('commandstats')).matchAll(/^cmdstat_(\S+?):calls=(\d+)/gm)) {
    if (name !== 'info') calls.set(name, Number(count));
  }
  const cpu = await redis.info('cpu');
  return { calls, cpuMicroseconds: 1e6 * (figure(cpu, 'used_cpu_user') + figure(cpu, 'used_cpu_sys')) };
}

/** @typedef {Awaited<ReturnType<typeof redisWork>>} RedisWork */

/** @param {RedisWork} before @param {RedisWork} after */
export function workBetween(before, after) {
  /** @type {Record<string, number>} */
  const calls = {};
  for (const [name, count] of after.calls) {
    const more = count - (before.calls.get(name) ?? 0);
    if (more > 0) calls[name] = more;
  }
  return { calls, cpuMicroseconds: after.cpuMicroseconds - before.cpuMicroseconds };
}

/** @param {string} info @param {string} name */
function figure(info, name) {
  return Number(new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1]);
}
