import { RedisStore, SessionManager } from 'sessionkeeper';
import { startPrivateRedis } from '../private-redis.js';
import { person } from './people.js';
import { forEachNumber, signInFrom } from './sign-in.js';

const atOnce = 100;
const parts = { a: 'history', i: 'index', s: 'session' };

/**
 * What a session costs in Redis, all in: each user signs in once, from a browser with a real user agent; then each renews once,
 * which adds the parent pair. The bytes are `used_memory` before and after, so key names, expiry entries and hash tables are in them.
 *
 * @param {number} users
 * @returns {Promise<{ what: 'signed in' | 'renewed once' | 'history' | 'index' | 'session', bytes: number }[]>} bytes a user;
 *   the last three are parts of the second
 */
export async function measureMemory(users) {
  const { url, redis, stop } = await startPrivateRedis();
  const sessions = new SessionManager({ store: new RedisStore({ url, deadline: '10s' }) });
  await sessions.now();
  const empty = await usedBytes();
  /** @type {Awaited<ReturnType<typeof measureMemory>>} */
  const figures = [];

  /** @type {string[]} */
  const refreshTokens = [];
  await forEachNumber({ to: users, atOnce }, async (user) => {
    refreshTokens[user] = (await signInFrom(sessions, person(user).userId, user)).refreshToken;
  });
  note('signed in', (await usedBytes()) - empty);

  await forEachNumber({ to: users, atOnce }, async (user) => {
    const outcome = await sessions.refresh(refreshTokens[user] ?? '');
    if (outcome.status !== 'rotated') throw new Error(outcome.status);
  });
  note('renewed once', (await usedBytes()) - empty);

  for (const [kind, name] of Object.entries(parts)) {
    const before = await usedBytes();
    await drop(`sk:${kind}:*`);
    note(/** @type {'history'} */ (name), before - (await usedBytes()));
  }
  await sessions.close();
  stop();
  return figures;

  /** @param {(typeof figures)[number]['what']} what @param {number} bytes */
  function note(what, bytes) {
    figures.push({ what, bytes: Math.round(bytes / users) });
  }

  async function usedBytes() {
    return Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]);
  }

  /** @param {string} match */
  async function drop(match) {
    for await (const keys of redis.scanStream({ match, count: 5_000 })) {
      if (keys.length > 0) await redis.del(keys);
    }
  }
}
