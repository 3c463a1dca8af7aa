import { type RedisServer } from './redis-server';
import { removeKeys } from './remove-keys';
import { closeRun } from './run-folder';
import { testRedisUrl } from './test-redis';
import './global-setup';

/** Stops our own servers; on somebody else's, removes the keys of this run. */
export default async function tearDown(): Promise<void> {
  if (globalThis.ownTestRedis === undefined) await removeKeys(testRedisUrl());
  else await stop(globalThis.ownTestRedis);
  closeRun();
}

async function stop(server: RedisServer): Promise<void> {
  await server.stop();
  // Under --watch the next run begins in this process and must not take our url for somebody else's.
  globalThis.ownTestRedis = undefined;
  delete process.env['TEST_REDIS_URL'];
}
