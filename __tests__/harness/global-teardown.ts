import { Redis } from 'ioredis';
import { type RedisServer } from './redis-server';
import { closeRun } from './run-folder';
import { runPrefix, testRedisUrl } from './test-redis';
import './global-setup';

/** Stops our own servers; on somebody else's, removes the keys of this run. */
export default async function tearDown(): Promise<void> {
  if (globalThis.ownTestRedis === undefined) await removeKeys();
  else await stop(globalThis.ownTestRedis);
  closeRun();
}

async function stop(server: RedisServer): Promise<void> {
  await server.stop();
  // Under --watch the next run begins in this process and must not take our url for somebody else's.
  globalThis.ownTestRedis = undefined;
  delete process.env['TEST_REDIS_URL'];
}

async function removeKeys(): Promise<void> {
  const client = new Redis(testRedisUrl());
  try {
    for await (const keys of client.scanStream({ match: `${runPrefix()}-*`, count: 1000 })) {
      if ((keys as string[]).length > 0) await client.unlink(keys as string[]);
    }
  } finally {
    client.disconnect();
  }
}
