import { randomBytes } from 'node:crypto';
import { redisCall } from './redis-call';
import { type RedisServer, startRedis } from './redis-server';
import { runFolder } from './run-folder';

declare global {
  // Read by the global teardown, which Jest runs in the same process.
  var ownTestRedis: RedisServer | undefined;
}

/** Gives the run a real Redis: TEST_REDIS_URL where it is set, else a server of our own. Never none. */
export default async function setUp(): Promise<void> {
  process.env['TEST_RUN_ID'] = randomBytes(4).toString('hex');
  runFolder();
  const url = process.env['TEST_REDIS_URL'];
  if (url !== undefined && url !== '') return checkReachable(url);
  globalThis.ownTestRedis = await startRedis();
  process.env['TEST_REDIS_URL'] = globalThis.ownTestRedis.url;
}

async function checkReachable(url: string): Promise<void> {
  try {
    await redisCall(url, ['PING']);
  } catch (cause) {
    const message = 'TEST_REDIS_URL is set, but no Redis answers there: start it or unset the variable';
    throw new Error(message, { cause });
  }
}
