import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { userKey } from '../../../lib/domain/session-id';
import { SessionManager } from '../../../lib/session-manager';
import { retention } from '../../../lib/store/retention';
import { RedisStore } from '../../../lib/stores/redis';
import { Keys } from '../../../lib/stores/redis/keys';
import { freshPrefix, testRedisUrl } from '../../harness/test-redis';

jest.setTimeout(120_000);

const max = 3;
const nodes = 4;
const atOnceEach = 50;
// A sign-in waits for at most so many others, a millisecond each; the rest is for a busy machine.
const longest = 10_000;

let prefix: string;
let redis: Redis;
let managers: SessionManager[];

beforeEach(() => {
  prefix = freshPrefix();
  redis = new Redis(testRedisUrl());
});

afterEach(async () => {
  await Promise.all(managers.map((manager) => manager.close()));
  redis.disconnect();
});

/** As many processes would: each with a connection and a clock of its own. */
function open(onExceeded: 'reject' | 'evict-oldest'): SessionManager[] {
  return Array.from({ length: nodes }, () => {
    const store = new RedisStore({ url: testRedisUrl(), prefix, deadline: '15s' });
    return new SessionManager({ store, limit: { max, onExceeded } });
  });
}

const liveOf = async (userId: string): Promise<string[]> =>
  redis.zrangebyscore(new Keys(prefix).index(userKey(userId)), '(0', '+inf');

interface Storm {
  readonly statuses: Record<string, number>;
  readonly slowest: number;
  /** The most sessions that the index of a user ever showed. */
  readonly most: number;
}

/** All sign-ins, in turns of the users, through all nodes, never more than so many at once. */
async function storm(users: readonly string[], signIns: number): Promise<Storm> {
  const statuses: Record<string, number> = {};
  let [next, slowest, most, isOver] = [0, 0, 0, false];
  const work = async (manager: SessionManager): Promise<void> => {
    while (next < signIns) {
      const userId = users[next++ % users.length]!;
      const before = performance.now();
      const { status } = await manager.create({ userId });
      slowest = Math.max(slowest, performance.now() - before);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  const watch = async (): Promise<void> => {
    while (!isOver) {
      for (const userId of users) most = Math.max(most, (await liveOf(userId)).length);
      await pause(10);
    }
  };
  const watching = watch();
  await Promise.all(managers.flatMap((manager) => Array.from({ length: atOnceEach }, () => work(manager))));
  isOver = true;
  await watching;
  return { statuses, slowest, most };
}

test.each([
  ['reject', 10_000, { created: 2 * max, 'limit-reached': 10_000 - 2 * max }],
  // Each ends another, with tombstone and history.
  ['evict-oldest', 4_000, { created: 4_000 }],
] as const)(
  'B21 A40 many sign-ins of two users at four nodes, by %s, %i in all: never more than three live, and the index says what is there',
  async (onExceeded, signIns, expected) => {
    managers = open(onExceeded);
    const users = ['alice', 'bob'];
    const { statuses, slowest, most } = await storm(users, signIns);
    expect(statuses).toEqual(expected);
    expect(most).toBe(max);
    expect(slowest).toBeLessThan(longest);

    const keys = new Keys(prefix);
    let rows = 0;
    for (const userId of users) {
      const live = await liveOf(userId);
      expect(live).toHaveLength(max);
      const listed = (await managers[0]!.list(userId)).data.map(({ id }) => id);
      expect(listed).toHaveLength(max);
      for (const id of listed) expect(await redis.exists(keys.session(id as never))).toBe(1);
      const all = await redis.zcard(keys.index(userKey(userId)));
      expect(all).toBeLessThanOrEqual(max + retention.tombstones);
      rows += all;
    }
    expect(await redis.keys(`${prefix}:s:*`)).toHaveLength(rows);
  },
);
