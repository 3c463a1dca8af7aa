import { Redis } from 'ioredis';
import { userKey } from '../../../lib/domain/session-id';
import type { SessionRecord } from '../../../lib/domain/session-record';
import { evict, limits, newOneTime, onReached } from '../../../lib/store/conformance/limits';
import { minute, newRecord, second, start } from '../../../lib/store/conformance/records';
import { RedisStore } from '../../../lib/stores/redis';
import { testRedisUrl } from '../../harness/test-redis';
import { activeQuery, historyQuery, openRedisScene, type RedisScene } from './scene';
import { commandsDuring } from './server-commands';

let scene: RedisScene;
let record: SessionRecord;

beforeEach(async () => {
  scene = await openRedisScene(testRedisUrl());
  record = await scene.signIn();
});

afterEach(() => scene.close());

/** The names of the commands that the server got from clients. */
async function cost(work: () => Promise<unknown>): Promise<string[]> {
  const sent = await commandsDuring(testRedisUrl(), scene.prefix, work);
  return sent.map(([command = '']) => command.toLowerCase());
}

test('a check of a session is one GET', async () => {
  const { store } = scene;
  expect(await cost(() => store.find(record.id))).toEqual(['get']);
});

test('a history is one GET', async () => {
  const { store, userId } = scene;
  expect(await cost(() => store.history(historyQuery(userId)))).toEqual(['get']);
});

test('an own limit is one GET, a one-time token is one GET', async () => {
  const { store, userId } = scene;
  expect(await cost(() => store.findLimit(userKey(userId)))).toEqual(['get']);
  expect(await cost(() => store.findOneTime(newOneTime(userId).id))).toEqual(['get']);
});

test('a one-time token is put with one SET and its place in the user’s index, and consumed with one SETRANGE, beside the history', async () => {
  const { store, commands, userId } = scene;
  const oneTime = newOneTime(userId);
  const inScripts = async (work: () => Promise<unknown>) => {
    const run = await commandsDuring(testRedisUrl(), scene.prefix, work, 'scripts');
    return run.map(([name = '']) => name.toLowerCase());
  };
  expect(await inScripts(() => store.putOneTime(commands.putOneTime(oneTime)))).toEqual([
    'exists',
    'get',
    'set',
    'zadd',
    'zremrangebyscore',
    'pttl',
    'pexpire',
    'get',
    'set',
  ]);
  expect(await inScripts(() => store.consumeOneTime(commands.consumeOneTime(oneTime)))).toEqual([
    'get',
    'exists',
    'setrange',
    'get',
    'get',
    'set',
  ]);
});

test('without a limit a sign-in reads no session but its own, and with room under one no record', async () => {
  const { store, commands, userId } = scene;
  for (let count = 0; count < 5; count++) await scene.signIn();
  for (const [some, reads] of [
    [{}, ['get', 'get', 'get', 'get', 'zcount']],
    [{ user: 9, application: 9, deviceTypes: { desktop: 9 } }, ['get', 'get', 'get', 'get', 'zcount', 'zcount']],
    [{ user: 3 }, ['get', 'get', 'get', 'get', 'zcount', 'zrangebyscore', 'mget']],
  ] as const) {
    const create = commands.create(newRecord({ userId, at: start + minute }), { limits: limits(some) });
    const run = await commandsDuring(testRedisUrl(), scene.prefix, () => store.create(create), 'scripts');
    const names = run.map(([name = '']) => name.toLowerCase());
    const firstWrite = names.indexOf('set');
    expect(firstWrite < 0 ? names : names.slice(0, firstWrite)).toEqual(reads);
  }
});

test('each other verb is one script, known to the server by its hash', async () => {
  const { store, commands, userId } = scene;
  const verbs: Record<string, () => Promise<unknown>> = {
    create: () => store.create(commands.create(newRecord({ userId, at: start + minute }))),
    rotate: () => store.rotate(commands.rotate(record)),
    repeat: () => store.repeat(commands.repeat(record, { generation: 1 })),
    touch: () => store.touch(commands.touch(record)),
    amend: () => store.amend(commands.amend(record)),
    retire: () => store.retire(commands.retire(record, 'access')),
    rekey: () => store.rekey(commands.rekey(record)),
    list: () => store.list(activeQuery(userId, start)),
    refused: () => {
      const given = { limits: limits({ user: 1 }), onReached: onReached(newOneTime(userId), start + minute) };
      return store.create(commands.create(newRecord({ userId, at: start + minute }), given));
    },
    evicting: () => {
      const given = { limits: limits({ user: 1 }), evict: evict('oldest') };
      return store.create(commands.create(newRecord({ userId, at: start + minute }), given));
    },
    trim: () => store.trim(commands.trim(userId, start + minute, limits({ user: 1 }))),
    setLimit: () => store.setLimit(commands.setLimit(userId, 50)),
    putOneTime: () => store.putOneTime(commands.putOneTime(newOneTime(userId))),
    consumeOneTime: () => store.consumeOneTime(commands.consumeOneTime(newOneTime(userId))),
    revoke: () => store.revoke(commands.revoke(record)),
    revokeAll: () => store.revokeAll(commands.revokeAll(userId, start + second)),
  };
  // A connection sends a script by its text once.
  for (const run of Object.values(verbs)) await run();
  record = await scene.signIn({ at: start + minute });
  for (const [verb, run] of Object.entries(verbs)) {
    expect([verb, await cost(run)]).toEqual([verb, ['evalsha']]);
  }
});

test('a list of 50 is one script, however many there are', async () => {
  const { store, commands, userId } = scene;
  await Promise.all(Array.from({ length: 120 }, () => store.create(commands.create(newRecord({ userId })))));
  await store.list(activeQuery(userId, start));
  const query = activeQuery(userId, start);
  let found = 0;
  expect(await cost(async () => (found = (await store.list(query)).records.length))).toEqual(['evalsha']);
  expect(found).toBe(50);
});

test('B15 a server that has forgotten the scripts is sent them again', async () => {
  const { store, commands, redis } = scene;
  await store.touch(commands.touch(record));
  await redis.script('FLUSH');
  expect(await cost(() => store.touch(commands.touch(record, { at: start + 9 })))).toEqual(['evalsha', 'eval']);
  await redis.script('FLUSH');
  const parallel = Array.from({ length: 20 }, () => store.touch(commands.touch(record)));
  for (const { status } of await Promise.all(parallel)) expect(status).toBe('touched');
});

test('a client that pipelines by itself serves as well', async () => {
  const client = new Redis(testRedisUrl(), { enableAutoPipelining: true, maxRetriesPerRequest: 1 });
  const store = new RedisStore({ client, prefix: scene.prefix });
  await scene.redis.script('FLUSH');
  const records = Array.from({ length: 30 }, () => newRecord({ userId: scene.userId }));
  const created = await Promise.all(records.map((each) => store.create(scene.commands.create(each))));
  expect(created.every(({ status }) => status === 'created')).toBe(true);
  const found = await Promise.all(records.map(({ id }) => store.find(id)));
  expect(found).toEqual(records);
  await store.close();
  client.disconnect();
});

test('the verbs touch the keys of their user alone', async () => {
  const { store, commands, userId, keys } = scene;
  const user = userKey(userId);
  const tag = /\{.*\}/.exec(keys.index(user))![0];
  const sent = await commandsDuring(testRedisUrl(), scene.prefix, async () => {
    await store.rotate(commands.rotate(record));
    await store.revokeAll(commands.revokeAll(userId, start + second));
  });
  for (const args of sent) {
    for (const arg of args.filter((each) => each.startsWith(`${scene.prefix}:`))) expect(arg).toContain(tag);
  }
});
