/**
 * What a session costs in Redis, all in: `npm run build && node bench/redis-memory.js [users]`.
 *
 * Each user signs in once, from a browser with a real user agent; then each renews once, which adds the parent pair. The bytes
 * are `used_memory` before and after, so key names, expiry entries and hash tables are in them.
 */
import { RedisStore, SessionManager } from 'sessionkeeper';
import { startPrivateRedis } from './private-redis.js';

const users = Number(process.argv[2] ?? 50_000);
const atOnce = 500;

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const userAgents = [
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0`,
  `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Chrome/138.0.0.0 Safari/537.36`,
  `Mozilla/5.0 (Linux; Android 15; SM-S931B) ${webkit} Chrome/138.0.7204.63 Mobile Safari/537.36`,
];

const { url, redis, stop } = await startPrivateRedis();
const sessions = new SessionManager({ store: new RedisStore({ url }) });
await sessions.now();
const empty = await usedBytes();

const refreshTokens = await forEachUser(async (user) => {
  const outcome = await sessions.create({
    userId: `00000000-0000-4000-8000-${String(user).padStart(12, '0')}`,
    applicationId: 'web',
    methods: ['pwd'],
    deviceId: `device-${String(user).padStart(15, '0')}`,
    client: {
      ip: `203.0.${(user >> 8) & 255}.${user & 255}`,
      userAgent: userAgents[user % userAgents.length] ?? '',
    },
  });
  if (outcome.status !== 'created') throw outcome.error;
  return outcome.tokens.refreshToken ?? '';
});
report('signed in', await usedBytes());

await forEachUser(async (user) => {
  const outcome = await sessions.refresh(refreshTokens[user] ?? '');
  if (outcome.status !== 'rotated') throw new Error(outcome.status);
});
report('renewed once', await usedBytes());

for (const [kind, name] of Object.entries({ a: 'history', i: 'index', s: 'session' })) {
  const before = await usedBytes();
  await drop(`sk:${kind}:*`);
  report(`  of it the ${name}`, before - (await usedBytes()) + empty);
}

const lengths = userAgents.map((userAgent) => userAgent.length);
console.log(
  `${users} users, one session each; user agents of ${lengths.join(', ')} bytes; Redis ${await version()}`,
);
await sessions.close();
stop();

/** @param {string} what @param {number} bytes */
function report(what, bytes) {
  console.log(`${what.padEnd(20)} ${Math.round((bytes - empty) / users)} bytes a user`);
}

/** @template T @param {(user: number) => Promise<T>} work @returns {Promise<T[]>} */
async function forEachUser(work) {
  const results = [];
  for (let first = 0; first < users; first += atOnce) {
    const length = Math.min(atOnce, users - first);
    results.push(...(await Promise.all(Array.from({ length }, (_, index) => work(first + index)))));
  }
  return results;
}

async function usedBytes() {
  return Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]);
}

async function version() {
  return /^redis_version:(\S+)/m.exec(await redis.info('server'))?.[1];
}

/** @param {string} match */
async function drop(match) {
  for await (const keys of redis.scanStream({ match, count: 5_000 })) {
    if (keys.length > 0) await redis.del(keys);
  }
}
