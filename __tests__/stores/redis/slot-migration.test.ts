import { Cluster, Redis } from 'ioredis';
import { sessionTag, userKey } from '../../../lib/domain/session-id';
import type { SessionRecord } from '../../../lib/domain/session-record';
import { Commands, replaced } from '../../../lib/store/conformance/commands';
import { budget, locking, newCounter, rule } from '../../../lib/store/conformance/counters';
import { evict, limits } from '../../../lib/store/conformance/limits';
import { minute, newRecord, randomUser, second, start } from '../../../lib/store/conformance/records';
import { RedisStore } from '../../../lib/stores/redis';
import { Keys } from '../../../lib/stores/redis/keys';
import { rejectionOf } from '../../fixtures/refusal-of';
import { type RedisServer, startRedis } from '../../harness/redis-server';
import { freshPrefix } from '../../harness/test-redis';
import { waitUntil } from '../../harness/wait-until';
import { activeQuery } from './scene';

let source: RedisServer;
let target: RedisServer;
let ids: { source: string; target: string };
let client: Cluster;

const idOf = async (server: RedisServer): Promise<string> => String(await server.cli('CLUSTER', 'MYID'));

beforeAll(async () => {
  source = await startRedis({ clusterEnabled: true });
  target = await startRedis({ args: ['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'] });
  await source.cli('CLUSTER', 'MEET', '127.0.0.1', String(target.port));
  ids = { source: await idOf(source), target: await idOf(target) };
  await waitUntil('the nodes know each other', async () => {
    const views = await Promise.all([source, target].map((node) => node.cli('CLUSTER', 'INFO')));
    return views.every((view) => /cluster_state:ok[^]*cluster_known_nodes:2/.test(String(view)));
  });
  client = new Cluster([source.url], { redisOptions: { maxRetriesPerRequest: 1 } });
});

afterAll(async () => {
  client.disconnect();
  await Promise.all([source.stop(), target.stop()]);
});

/** A user whose slot can be moved, key by key. */
async function openMigration() {
  const prefix = freshPrefix();
  const keys = new Keys(prefix);
  const store = new RedisStore({ client, prefix, deadline: '400ms' });
  const commands = new Commands((await store.now()) + 5 * minute);
  /** Commands as the manager makes them: what its caller gave up must not happen once the slot has moved. */
  const brief = async (): Promise<Commands> => new Commands((await store.now()) + 400);
  const userId = randomUser();
  const user = userKey(userId);
  const slot = String(await source.cli('CLUSTER', 'KEYSLOT', keys.index(user)));
  const signIn = async (): Promise<SessionRecord> => {
    const outcome = await store.create(commands.create(newRecord({ userId })));
    if (outcome.status !== 'created') throw new Error(outcome.status);
    return outcome.record;
  };
  const all = async (node: RedisServer): Promise<unknown> => {
    const names = ((await node.cli('KEYS', `${prefix}:*`)) as string[]).sort();
    const connection = new Redis(node.url);
    try {
      // Without ASKING a node does not speak of keys that are on their way to it.
      const dumps = names.map((name) => {
        void connection.asking();
        return connection.dump(name);
      });
      return [names, await Promise.all(dumps)];
    } finally {
      connection.disconnect();
    }
  };
  return {
    ...{ store, commands, brief, keys, user, userId, signIn },
    async begin() {
      await target.cli('CLUSTER', 'SETSLOT', slot, 'IMPORTING', ids.source);
      await source.cli('CLUSTER', 'SETSLOT', slot, 'MIGRATING', ids.target);
    },
    async move(...names: string[]) {
      const reply = await source.cli(
        'MIGRATE',
        '127.0.0.1',
        String(target.port),
        '',
        '0',
        '1000',
        'KEYS',
        ...names,
      );
      expect(reply).toBe('OK');
    },
    async finish() {
      const rest = (await source.cli('CLUSTER', 'GETKEYSINSLOT', slot, '1000')) as string[];
      if (rest.length > 0) await this.move(...rest);
      await target.cli('CLUSTER', 'SETSLOT', slot, 'NODE', ids.target);
      await source.cli('CLUSTER', 'SETSLOT', slot, 'NODE', ids.target);
    },
    everything: async () => [await all(source), await all(target)],
  };
}

const unavailable = async (operation: Promise<unknown>): Promise<void> => {
  expect((await rejectionOf(operation)).code).toBe('store_unavailable');
};

test.each(['nothing', 'the session', 'the index', 'the history', 'the session and the history'])(
  'B8 A60 with %s moved: sessions are found, writes happen wholly or not at all, and the move can be finished',
  async (moved) => {
    const migration = await openMigration();
    const { store, commands, keys, user, userId } = migration;
    const record = await migration.signIn();
    expect(sessionTag(record.id)).toHaveLength(3);
    const names = { session: keys.session(record.id), index: keys.index(user), history: keys.audit(user) };
    await migration.begin();
    const chosen = Object.entries(names).filter(([name]) => moved.includes(name));
    if (chosen.length > 0) await migration.move(...chosen.map(([, name]) => name));
    const before = await migration.everything();

    expect(await store.find(record.id)).toEqual(record);
    const brief = await migration.brief();
    const refused: Promise<unknown>[] = [
      store.create(brief.create(newRecord({ userId }))),
      store.rotate(brief.rotate(record)),
      store.revokeAll(brief.revokeAll(userId, start + second)),
    ];
    if (moved !== 'nothing') refused.push(store.revoke(brief.revoke(record)), store.touch(brief.touch(record)));
    await Promise.all(refused.map(unavailable));
    expect(await migration.everything()).toEqual(before);

    await migration.finish();
    const outcome = await store.revoke(commands.revoke(record));
    expect(outcome).toMatchObject({ status: 'ended', changed: true });
    expect((await store.list(activeQuery(userId, start))).records).toEqual([]);
    await store.close();
  },
);

test('B8 A33 a session that has not followed yet is not overlooked', async () => {
  const migration = await openMigration();
  const { store, commands, keys, user, userId } = migration;
  await store.revokeAll(commands.revokeAll(userId, start - 1));
  const record = await migration.signIn();
  await migration.begin();
  await migration.move(keys.index(user), keys.audit(user), keys.epoch(user));
  const before = await migration.everything();
  const brief = await migration.brief();
  const at = start + second;
  await Promise.all(
    [
      store.revokeAll(brief.revokeAll(userId, at)),
      store.revokeAll(brief.revokeAll(userId, at, { except: record.id })),
      store.create(brief.create(newRecord({ userId, at }), { replaces: [replaced(record)] })),
    ].map(unavailable),
  );
  expect(await migration.everything()).toEqual(before);
  await migration.finish();
  expect((await store.revokeAll(commands.revokeAll(userId, at))).count).toBe(1);
  await store.close();
});

test('B8 A40 a session that has not followed yet counts, and is not taken for gone', async () => {
  const migration = await openMigration();
  const { store, commands, keys, user, userId } = migration;
  await store.setLimit(commands.setLimit(userId, 1));
  const record = await migration.signIn();
  await migration.begin();
  await migration.move(keys.index(user), keys.audit(user), keys.ownLimit(user));
  const before = await migration.everything();
  const brief = await migration.brief();
  const at = start + second;
  await Promise.all(
    [
      store.create(brief.create(newRecord({ userId, at }))),
      store.create(brief.create(newRecord({ userId, at }), { evict: evict('oldest') })),
      store.trim(brief.trim(userId, at, limits({ user: 0 }))),
    ].map(unavailable),
  );
  expect(await migration.everything()).toEqual(before);
  await migration.finish();
  expect((await store.create(commands.create(newRecord({ userId, at })))).status).toBe('limit-reached');
  expect(await store.find(record.id)).toEqual(record);
  await store.close();
});

test('B8 B18 a sign-in that is sent again is told to have happened, even where what it ended has moved on', async () => {
  const migration = await openMigration();
  const { store, commands, keys, userId } = migration;
  await store.setLimit(commands.setLimit(userId, 5));
  await store.revokeAll(commands.revokeAll(userId, start - 1));
  const [moved, left] = [await migration.signIn(), await migration.signIn()];
  const record = newRecord({ userId, at: start + second });
  const command = commands.create(record, { replaces: [replaced(moved), replaced(left)] });
  expect(await store.create(command)).toMatchObject({ status: 'created', endedCount: 2 });
  await migration.begin();
  await migration.move(keys.session(moved.id));
  expect(await store.create(command)).toMatchObject({ status: 'created', record, ended: [{ id: left.id }] });
  await migration.finish();
  expect(await store.create(command)).toMatchObject({ status: 'created', endedCount: 2 });
  await store.close();
});

test('B8 what is sent while a slot moves is tried again, and done when the move ends within the deadline', async () => {
  const migration = await openMigration();
  const { store, commands, keys, user } = migration;
  const record = await migration.signIn();
  await migration.begin();
  await migration.move(keys.index(user));
  const rotation = store.rotate(commands.rotate(record));
  await migration.finish();
  expect((await rotation).status).toBe('rotated');
  await store.close();
});

test.each(['the leader', 'the follower', 'the history'])(
  'B8 A60 with %s moved, counters are counted and reset wholly or not at all',
  async (moved) => {
    const migration = await openMigration();
    const { store, commands, keys, user, userId } = migration;
    const [leader, follower] = [newCounter(userId), newCounter(userId)];
    const budgetsNow = () => [
      locking(budget(rule(leader, [0, Infinity]), { followers: [rule(follower, [])] }), 1, start),
    ];
    await store.count(commands.count(userId, budgetsNow()));
    const names = { leader: keys.counter(leader), follower: keys.counter(follower), history: keys.audit(user) };
    await migration.begin();
    await migration.move(...Object.entries(names).flatMap(([name, key]) => (moved.includes(name) ? [key] : [])));
    const before = await migration.everything();
    const brief = await migration.brief();
    const refused: Promise<unknown>[] = [
      store.count(brief.count(userId, budgetsNow())),
      store.count(brief.count(userId, budgetsNow(), { probe: true })),
      store.reset(brief.reset(userId, [leader, follower])),
    ];
    if (moved !== 'the history') refused.push(store.findCounters([leader, follower]));
    await Promise.all(refused.map(unavailable));
    expect(await migration.everything()).toEqual(before);
    await migration.finish();
    const outcome = await store.count(commands.count(userId, budgetsNow()));
    expect(outcome.counters.map(({ count }) => count)).toEqual([2, 2]);
    await store.close();
  },
);
