import { measureLatency } from './latency.js';
import { forEachNumber, signInFrom } from '../measure/sign-in.js';

/**
 * @typedef {import('./latency.js').Latency} Latency
 * @typedef {import('../measure/sign-in.js').SignedIn} SignedIn
 * @typedef {{ size: number, bytes?: number, figures: Record<string, Latency> }} Row
 * @typedef {{ redis: import('ioredis').Redis, sessions: import('sessionkeeper').SessionManager, plan: typeof import('./plan.js').full }} Bench
 */

const userName = (/** @type {number} */ number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/**
 * Users with one session each, more and more of them.
 *
 * @param {Bench} bench @param {(text: string) => void} say @returns {Promise<Row[]>}
 */
export async function measureManyUsers({ redis, sessions, plan }, say) {
  const empty = await usedBytes(redis);
  /** @type {SignedIn[]} some of them, all over the keyspace */
  const known = [];
  const rows = [];
  let [users, next] = [0, 10_000_000];
  for (const size of plan.users) {
    const start = performance.now();
    await forEachNumber({ from: users, to: size, atOnce: plan.atOnce }, async (number) => {
      const signedIn = await signInFrom(sessions, userName(number), number);
      if (number < 1_000 || number % 10 === 0) known.push(signedIn);
    });
    say(`${size} users; ${Math.round((size - users) / ((performance.now() - start) / 1_000))} sign-ins a second`);
    users = size;
    const bytes = ((await usedBytes(redis)) - empty) / size;
    const some = (/** @type {number} */ count) => spread(known, count);
    const verify = some(plan.calls.verify).map(
      (one) => () => expectStatus(sessions.verify(one.accessToken), 'active'),
    );
    const list = some(plan.calls.list).map((one) => () => sessions.list(one.userId));
    const create = Array.from(
      { length: plan.calls.create },
      () => () => signInFrom(sessions, userName(next), next++),
    );
    const leaving = some(plan.calls.refresh);
    const refresh = leaving.map((one) => () => expectStatus(sessions.refresh(one.refreshToken), 'rotated'));
    const revokeAll = leaving.slice(0, plan.calls.revokeAll).map((one) => () => sessions.revokeAll(one.userId));
    const figures = {
      verify: await measureLatency(redis, verify, 'get'),
      list: await measureLatency(redis, list),
      create: await measureLatency(redis, create),
      refresh: await measureLatency(redis, refresh),
      revokeAll: await measureLatency(redis, revokeAll),
    };
    rows.push({ size, bytes, figures });
    // Their tokens are spent now.
    const gone = new Set(leaving);
    known.splice(0, known.length, ...known.filter((one) => !gone.has(one)));
  }
  return rows;
}

/**
 * Users with more and more sessions each, beside all the others.
 *
 * @param {Bench} bench @param {(text: string) => void} say @returns {Promise<Row[]>}
 */
export async function measureCrowds({ redis, sessions, plan }, say) {
  const rows = [];
  for (const { sessions: size, users } of plan.crowds) {
    /** @type {SignedIn[][]} */
    const crowds = [];
    for (let user = 0; user < users; user++) {
      /** @type {SignedIn[]} */
      const crowd = [];
      await forEachNumber({ to: size, atOnce: plan.atOnce }, async (number) => {
        crowd.push(await signInFrom(sessions, `crowd of ${size}, ${user}`, number));
      });
      crowds.push(crowd);
    }
    say(`${users} users with ${size} sessions each`);
    /** @template T @param {number} count @param {(one: SignedIn) => T} call */
    const some = (count, call) => spread(crowds.flat(), count).map(call);
    const figures = {
      verify: await measureLatency(
        redis,
        some(plan.calls.verify, (one) => () => expectStatus(sessions.verify(one.accessToken), 'active')),
        'get',
      ),
      list: await measureLatency(
        redis,
        some(plan.calls.list, (one) => () => sessions.list(one.userId)),
      ),
      create: await measureLatency(
        redis,
        crowds.map(
          ([one]) =>
            () =>
              signInFrom(sessions, one?.userId ?? '', size),
        ),
      ),
      refresh: await measureLatency(
        redis,
        some(plan.calls.refresh, (one) => () => expectStatus(sessions.refresh(one.refreshToken), 'rotated')),
      ),
      revokeAll: await measureLatency(
        redis,
        crowds.map(
          ([one]) =>
            () =>
              sessions.revokeAll(one?.userId ?? ''),
        ),
      ),
    };
    rows.push({ size, figures });
  }
  return rows;
}

/** Evenly from all over. @template T @param {readonly T[]} all @param {number} count */
function spread(all, count) {
  const step = Math.max(1, all.length / count);
  return Array.from(
    { length: Math.min(count, all.length) },
    (_, index) => /** @type {T} */ (all[Math.floor(index * step)]),
  );
}

/** @param {Promise<{ status: string }>} outcome @param {string} status */
async function expectStatus(outcome, status) {
  const found = (await outcome).status;
  if (found !== status) throw new Error(`expected ${status}, got ${found}`);
}

/** @param {import('ioredis').Redis} redis */
async function usedBytes(redis) {
  return Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]);
}
