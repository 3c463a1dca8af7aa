/**
 * The processor time that a Redis has taken for commands so far, in milliseconds. Unlike time by the clock it is steady on a busy machine.
 *
 * @param {import('ioredis').Redis} redis
 */
export async function busyMilliseconds(redis) {
  const info = await redis.info('cpu');
  const part = (/** @type {string} */ kind) =>
    Number(new RegExp(`^used_cpu_${kind}_main_thread:(\\S+)`, 'm').exec(info)?.[1]);
  return 1_000 * (part('user') + part('sys'));
}
