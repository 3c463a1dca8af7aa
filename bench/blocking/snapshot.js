/**
 * Keeps all that a Redis of our own holds, to be put back as often as wanted.
 *
 * @param {import('ioredis').Redis} redis whose first database is kept in the second
 */
export async function takeSnapshot(redis) {
  await copyAll(redis, 0, 1);
  return {
    async restore() {
      await redis.flushdb();
      await copyAll(redis, 1, 0);
    },
  };
}

/** @param {import('ioredis').Redis} redis @param {number} from @param {number} to */
async function copyAll(redis, from, to) {
  const copy = redis.duplicate({ db: from });
  for await (const names of copy.scanStream({ count: 1_000 })) {
    const batch = copy.pipeline();
    for (const name of names) batch.copy(name, name, 'DB', to, 'REPLACE');
    await batch.exec();
  }
  copy.disconnect();
}
