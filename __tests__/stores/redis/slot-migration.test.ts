import { Cluster, Redis } from 'ioredis';
import { sessionTag, userKey, userTag } from '../../../lib/domain/session-id';
import type { SessionRecord } from '../../../lib/domain/session-record';
import { Commands, replaced } from '../../../lib/store/conformance/commands';
import { budget, locking, newCounter, rule } from '../../../lib/store/conformance/counters';
import { evict, limits } from '../../../lib/store/conformance/limits';
import { minute, newRecord, randomUser, second, start } from '../../../lib/store/conformance/records';
import { relaying, takeLetters } from '../../../lib/store/conformance/relayed';
import { RedisStore } from '../../../lib/stores/redis';
import { Keys } from '../../../lib/stores/redis/keys';
import { rejectionOf } from '../../fixtures/refusal-of';
import { type RedisCluster, startCluster } from '../../harness/redis-cluster';
import type { RedisServer } from '../../harness/redis-server';
import { SlotMove } from '../../harness/slot-move';
import { freshPrefix } from '../../harness/test-redis';
import { activeQuery } from './scene';

let cluster: RedisCluster;
let client: Cluster;

beforeAll(async () => {
  cluster = await startCluster({ masters: 2, replicasEach: 0, nodeTimeout: 15_000 });
  client = new Cluster(cluster.urls, { redisOptions: { maxRetriesPerRequest: 1 } });
}, 60_000);

afterAll(async () => {
  client.disconnect();
  await cluster.stop();
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
  const masters = await cluster.masters();
  const source = await cluster.masterOf(keys.index(user));
  const target = masters.find((master) => master !== source)!;
  const slot = await cluster.slotOf(keys.index(user));
  const move = new SlotMove({ slot, from: source, to: target, masters });
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
    begin: () => move.begin(),
    move: (...names: string[]) => move.moveKeys(names),
    finish: () => move.finish(),
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

test('B8 A64 where the outbox has gone ahead, a change that is to be relayed waits for it, and is relayed then', async () => {
  const migration = await openMigration();
  const { store, keys, user, userId } = migration;
  const relayingBrief = async () => relaying(await migration.brief());
  const commands = relaying(migration.commands);
  const record = await migration.signIn();
  await store.note(commands.note(userId, start));
  await migration.begin();
  await migration.move(keys.outbox(userTag(user)).letters);
  const before = await migration.everything();
  const brief = await relayingBrief();
  await Promise.all(
    [
      store.revoke(brief.revoke(record)),
      store.amend(brief.amend(record)),
      store.revokeAll(brief.revokeAll(userId, start + second)),
      store.setLimit(brief.setLimit(userId, 3)),
    ].map(unavailable),
  );
  expect(await migration.everything()).toEqual(before);
  await migration.finish();
  expect(await store.revoke(commands.revoke(record))).toMatchObject({ status: 'ended', changed: true });
  const letters = await takeLetters(store, user, start);
  expect(letters.map(({ entry }) => entry.event)).toEqual(['risk_noticed', 'session_revoked']);
  await store.close();
});

test('A62 the outboxes of all tags can be asked and emptied on a cluster, and the feed is kept there', async () => {
  const prefix = freshPrefix();
  const store = new RedisStore({ client, prefix, deadline: '15s' });
  const commands = relaying(new Commands((await store.now()) + 5 * minute));
  const users = Array.from({ length: 20 }, () => randomUser());
  for (const userId of users) await store.note(commands.note(userId, start));
  const tags = Array.from({ length: 4_096 }, (_, index) => index.toString(16).padStart(3, '0'));
  const due = await store.outbox.due({ tags, at: start });
  expect(new Set(due)).toEqual(new Set(users.map((userId) => userTag(userKey(userId)))));
  for (const userId of users) {
    const letters = await takeLetters(store, userKey(userId), start);
    const entries = letters.map(({ entry }) => ({ entry, userId }));
    await store.feed.append({ entries, at: start, most: 100 });
  }
  expect(await store.outbox.due({ tags, at: start })).toEqual([]);
  expect((await store.feed.read({ after: null, limit: 100 })).items).toHaveLength(20);
  await store.close();
});

test('B8 A37 an epoch that has gone ahead is not taken for none', async () => {
  const migration = await openMigration();
  const { store, commands, keys, user, userId } = migration;
  const rotation = await store.rotate(commands.rotate(await migration.signIn()));
  const { record } = rotation as Extract<typeof rotation, { readonly status: 'rotated' }>;
  await store.revokeAll(commands.revokeAll(userId, start, { most: 0 }));
  await migration.begin();
  await migration.move(keys.epoch(user));
  const before = await migration.everything();
  const brief = await migration.brief();
  const renewals = [
    (made: Commands) => store.rotate(made.rotate(record)),
    (made: Commands) => store.repeat(made.repeat(record)),
    (made: Commands) => store.rekey(made.rekey(record)),
  ];
  await Promise.all(renewals.map((renew) => unavailable(renew(brief))));
  expect(await migration.everything()).toEqual(before);
  await migration.finish();
  for (const renew of renewals) expect(await renew(commands)).toMatchObject({ status: 'outdated', record });
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
