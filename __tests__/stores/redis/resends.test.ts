import { everyWrite, type WriteName, writeNames } from '../../../lib/store/conformance/every-write';
import { start } from '../../../lib/store/conformance/records';
import { startProxy, type TcpProxy } from '../../harness/tcp-proxy';
import { testRedisUrl } from '../../harness/test-redis';
import { openRedisScene, historyQuery, type RedisScene } from './scene';
import { commandsDuring } from './server-commands';

let proxy: TcpProxy;
let scene: RedisScene;

beforeEach(async () => {
  proxy = await startProxy(testRedisUrl());
  scene = await openRedisScene(testRedisUrl(), proxy.url);
});

afterEach(async () => {
  await scene.close();
  await proxy.close();
});

const outcomes: Record<WriteName, unknown> = {
  'a sign-in that replaces': { status: 'created', ended: [expect.anything() as unknown] },
  'a sign-in that makes room': { status: 'created', ended: [expect.anything() as unknown], others: 0 },
  'a sign-in that is refused': { status: 'limit-reached', records: [expect.anything() as unknown] },
  'a trim': { status: 'trimmed', count: 1 },
  'setting a limit': { status: 'set' },
  'a note': { status: 'noted' },
  'a rotation': { status: 'rotated' },
  'a repeat': { status: 'repeated' },
  'a change of keys': { status: 'rekeyed' },
  'a change of keys that amends': { status: 'rekeyed' },
  'an amendment': { status: 'amended' },
  'retiring the access token': { status: 'retired' },
  'retiring the refresh token': { status: 'retired' },
  'a revocation': { status: 'ended', changed: true },
  'a revoke-all': { status: 'ended', count: 1 },
  'a revoke-all but one': { status: 'ended', count: 0, kept: expect.anything() as unknown },
  'a revoke-all of the untrusted': { status: 'ended', count: 1 },
  'a disowning': { status: 'disowned', count: 1, stepUps: 0 },
  'a disowning of a later sign-in': { status: 'disowned', count: 0, stepUps: 1 },
};

/** What the first key of the command is. */
function kindOf(name: WriteName): string {
  if (name === 'setting a limit') return 'l';
  if (name === 'a note') return 'a';
  return /revoke-all|trim|disowning/.test(name) ? 'i' : 's';
}

test.each(writeNames)('B18 %s whose reply is lost runs twice on the server and happens once', async (name) => {
  const { store, prefix, commands, userId, signIn } = scene;
  const rotation = await store.rotate(commands.rotate(await signIn()));
  if (rotation.status !== 'rotated') throw new Error(rotation.status);
  const send = everyWrite[name](commands, rotation.record);
  const about = `${prefix}:${kindOf(name)}:`;

  const lost = proxy.loseReply({ request: about });
  let outcome: unknown;
  const sent = await commandsDuring(testRedisUrl(), about, async () => {
    outcome = await send(store);
    await lost;
  });
  expect(sent).toHaveLength(2);
  expect(outcome).toMatchObject(outcomes[name] as object);

  const ids = (await store.history(historyQuery(userId))).entries.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const after = await scene.dump();
  expect(await send(store)).toEqual(outcome);
  expect(await scene.dump()).toEqual(after);
});

test('a touch whose reply is lost is sent again', async () => {
  const { store, prefix, commands, signIn } = scene;
  const record = await signIn();
  const lost = proxy.loseReply({ request: `${prefix}:s:` });
  expect(await store.touch(commands.touch(record, { at: start + 7 }))).toEqual({ status: 'touched' });
  await lost;
  expect((await store.find(record.id))?.lastSeenAt).toBe(start + 7);
});

test('a read whose reply is lost is sent again', async () => {
  const { store, prefix, signIn } = scene;
  const record = await signIn();
  const lost = proxy.loseReply({ request: `${prefix}:s:` });
  expect(await store.find(record.id)).toEqual(record);
  await lost;
});
