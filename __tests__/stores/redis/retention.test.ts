import { Redis } from 'ioredis';
import { userKey, userTag } from '../../../lib/domain/session-id';
import { storeConformance } from '../../../lib/store/conformance';
import { Commands } from '../../../lib/store/conformance/commands';
import { relaying } from '../../../lib/store/conformance/relayed';
import { minute, newRecord, randomUser, start } from '../../../lib/store/conformance/records';
import type { RetentionOptions } from '../../../lib/options/retention';
import { RedisStore } from '../../../lib/stores/redis';
import { Keys } from '../../../lib/stores/redis/keys';
import { type RedisServer, startRedis } from '../../harness/redis-server';
import { freshPrefix } from '../../harness/test-redis';
import { describeRetention } from '../../fixtures/retention-concerns';

const hour = 60 * minute;
const day = 24 * hour;

let server: RedisServer;
let client: Redis;

beforeAll(async () => {
  server = await startRedis();
  client = new Redis(server.url, { maxRetriesPerRequest: 1 });
}, 60_000);

afterAll(async () => {
  client.disconnect();
  await server.stop();
});

function open(retention: RetentionOptions) {
  const prefix = freshPrefix();
  return { keys: new Keys(prefix), store: new RedisStore({ client, prefix, deadline: '15s', retention }) };
}

/** How long a key still lives; scripts and replies take a moment. */
async function expectLife(name: string, milliseconds: number): Promise<void> {
  const left = await client.pttl(name);
  expect(left).toBeLessThanOrEqual(milliseconds);
  expect(left).toBeGreaterThan(milliseconds - minute);
}

test('A78 keys live no longer than is kept of their kind, also of two stores on one client', async () => {
  const chosen = [
    { endedSessions: '2h', expiredSessions: '3h', history: '5h', accessLog: '7h' },
    { endedSessions: '1d', expiredSessions: '2d', history: '3d', accessLog: '4d' },
  ] as const;
  const lives = [
    { ended: 2 * hour, expired: 3 * hour, history: 5 * hour, accessLog: 7 * hour },
    { ended: day, expired: 2 * day, history: 3 * day, accessLog: 4 * day },
  ];
  const stores = chosen.map(open);
  for (const [index, { store, keys }] of stores.entries()) {
    const life = lives[index]!;
    const commands = new Commands((await store.now()) + 5 * minute);
    const userId = randomUser();
    const [live, ended] = [newRecord({ userId, refresh: 30 * minute }), newRecord({ userId })];
    for (const record of [live, ended]) await store.create(commands.create(record));
    await store.revoke(commands.revoke(ended, { at: start }));
    await expectLife(keys.session(live.id), 30 * minute + life.expired);
    await expectLife(keys.session(ended.id), life.ended);
    await expectLife(keys.audit(userKey(userId)), life.history);
    const entry = { id: 'a-call', at: start, actor: 'desk', operation: null, status: 200, code: null };
    await store.logAccess(commands.logAccess({ ...entry, userId, sessionId: null, ip: null }));
    await expectLife(keys.accessLog(), life.accessLog);
  }
  await Promise.all(stores.map(({ store }) => store.close()));
});

test('what is to be delivered later stays until then, however soon what nobody asks for goes, and stays while it is asked for', async () => {
  const { store, keys } = open({ undelivered: '1h' });
  const at = await store.now();
  const userId = randomUser();
  await store.create(relaying(new Commands(at + 5 * minute)).create(newRecord({ userId, at })));
  const tag = userTag(userKey(userId));
  const { letters, later, bodies } = keys.outbox(tag);
  await client.pexpire(letters, minute);
  const claim = { tag, worker: 'a worker', at, until: at + minute, limit: 10 };
  const outcome = await store.outbox.claim(claim);
  await expectLife(letters, hour);
  if (outcome.status !== 'claimed') throw new Error(outcome.status);
  const [letter] = outcome.letters;
  await store.outbox.settle({
    ...{ tag, worker: 'a worker', at, settled: [letter!.id], dead: [], release: true },
    later: [{ letter: letter!, sink: 'first', dueAt: at + 5 * hour }],
  });
  for (const name of [later, bodies]) await expectLife(name, day + 5 * hour);
  await store.close();
});

describe('with little kept', () => {
  const retention = {
    // The suite lives through hours, and looks back.
    endedSessions: '12h',
    expiredSessions: '12h',
    history: '1h',
    accessLog: '1h',
    failedLogins: '1d',
    knownDevices: '1d',
  } as const;

  beforeEach(() => server.cli('FLUSHALL'));

  storeConformance(
    { describe: describeRetention, it },
    {
      async open() {
        const prefix = freshPrefix();
        const [store, secondNode] = [1, 2].map(
          () => new RedisStore({ client, prefix, deadline: '15s', retention }),
        );
        const close = async (): Promise<void> => {
          await Promise.all([store!.close(), secondNode!.close()]);
        };
        return { store: store!, secondNode: secondNode!, close };
      },
    },
  );
});
