import { everyWrite, type WriteName } from '../../../../lib/store/conformance/every-write';
import { rejectionOf } from '../../../fixtures/refusal-of';
import { freePort } from '../../../harness/free-port';
import { type Replication, startReplicated } from '../../../harness/redis-replication';
import { startProxy, type TcpProxy } from '../../../harness/tcp-proxy';
import { waitUntil } from '../../../harness/wait-until';
import { commandsDuring } from '../server-commands';
import { type DurableScene, openDurableScene } from './scene';

const securityWrites: readonly WriteName[] = [
  'a trim',
  'a change of keys',
  'a change of keys that amends',
  'retiring the access token',
  'retiring the refresh token',
  'a revocation',
  'a revoke-all',
  'a revoke-all but one',
  'a revoke-all of the untrusted',
  'a disowning',
  'a disowning of a later sign-in',
];
const brief = { deadline: '5s', timeout: '300ms' } as const;
/** As ioredis sends the command's name. */
const wait = '\r\nwait\r\n';

let replication: Replication;
let proxy: TcpProxy;
let scene: DurableScene;

beforeAll(async () => {
  replication = await startReplicated({ replicas: 2 });
  proxy = await startProxy(replication.primary.url);
});

afterAll(async () => {
  await proxy.close();
  await replication.stop();
});

afterEach(async () => {
  await scene.store.close();
  proxy.restore();
  await replication.primary.cli('CONFIG', 'SET', 'min-replicas-to-write', '0');
  await replication.mendLinks();
});

async function open(times?: typeof brief, replicas = 2): Promise<void> {
  scene = await openDurableScene({ url: proxy.url }, replicas, times);
}

const connections = async (): Promise<number> =>
  [...String(await replication.primary.cli('CLIENT', 'LIST')).matchAll(/name=sessionkeeper-durability/g)].length;

test('B4 every write that ends something is durable once the replicas have it, also when it is sent again', async () => {
  await open();
  for (const name of securityWrites) {
    const send = everyWrite[name](scene.commands, await scene.signIn());
    expect([name, await send(scene.store)]).toMatchObject([name, { durable: true }]);
    // WAIT waits for what its connection wrote: what was done before is followed by a write that changes nothing.
    const written = await commandsDuring(
      replication.primary.url,
      scene.prefix,
      async () => expect([name, await send(scene.store)]).toMatchObject([name, { durable: true }]),
      'scripts',
    );
    expect([name, written.map(([command]) => command)]).toEqual([name, expect.arrayContaining(['PEXPIRE'])]);
  }
});

test('B4 with the links to the replicas cut it is done and not durable, also when it is sent again', async () => {
  await open(brief);
  await replication.cutLinks();
  for (const name of securityWrites) {
    const send = everyWrite[name](scene.commands, await scene.signIn());
    expect([name, await send(scene.store)]).toMatchObject([name, { durable: false }]);
    expect([name, await send(scene.store)]).toMatchObject([name, { durable: false }]);
  }
  const record = await scene.signIn();
  await scene.store.revoke(scene.commands.revoke(record));
  expect((await scene.store.find(record.id))?.ending).not.toBeNull();
});

test('B4 what was not durable is once the links are mended, though the tombstone stood already', async () => {
  await open(brief);
  const record = await scene.signIn();
  await replication.cutLinks();
  const revoke = scene.commands.revoke(record);
  expect(await scene.store.revoke(revoke)).toMatchObject({ durable: false });
  await replication.mendLinks();
  await waitUntil('the replicas have it', async () => {
    const outcome = await scene.store.revoke(revoke);
    return outcome.status === 'ended' && outcome.durable;
  });
});

test('B4 fewer replicas than asked for are not enough', async () => {
  await open(brief, 3);
  expect(await scene.store.revoke(scene.commands.revoke(await scene.signIn()))).toMatchObject({
    status: 'ended',
    durable: false,
  });
});

test('B4 a connection that is lost between the write and its confirmation: ended, not durable, and nothing sent twice', async () => {
  await open();
  const record = await scene.signIn();
  // The next connection need not say its scripts by text.
  await scene.store.revoke(scene.commands.revoke(await scene.signIn()));
  const lost = proxy.loseReply({ request: wait });
  let outcome: unknown;
  const sent = await commandsDuring(replication.primary.url, '', async () => {
    outcome = await scene.store.revoke(scene.commands.revoke(record));
    await lost;
  });
  expect(outcome).toMatchObject({ status: 'ended', changed: true, durable: false });
  const about = sent.filter(
    (words) => words[0] === 'wait' || words.some((word) => word.includes(scene.prefix + ':s:')),
  );
  expect(about.map(([name]) => name)).toEqual(['evalsha', 'wait']);
});

test('B4 a connection that is lost before the write is answered: it is made once, over the usual way, and not durable', async () => {
  await open();
  const record = await scene.signIn();
  await scene.store.revoke(scene.commands.revoke(await scene.signIn()));
  const lost = proxy.loseReply({ request: `${scene.prefix}:s:` });
  let outcome: unknown;
  const sent = await commandsDuring(replication.primary.url, `${scene.prefix}:s:`, async () => {
    outcome = await scene.store.revoke(scene.commands.revoke(record));
    await lost;
  });
  expect(outcome).toMatchObject({ status: 'ended', changed: true, durable: false });
  // the one whose answer was lost, and the one that asks what came of it
  expect(sent).toHaveLength(2);
});

test('B4 nobody else waits while replicas are waited for, and parallel revocations share the wait', async () => {
  await open({ deadline: '15s', timeout: '3000ms' } as never);
  const records = await Promise.all(Array.from({ length: 20 }, () => scene.signIn()));
  const reader = await scene.signIn();
  await replication.cutLinks();
  const before = performance.now();
  let answered = 0;
  const revocations = records.map(async (record) => {
    const outcome = await scene.store.revoke(scene.commands.revoke(record));
    answered += 1;
    return outcome;
  });
  await waitUntil('all are ended', async () => {
    const found = await Promise.all(records.map(({ id }) => scene.store.find(id)));
    return found[0]?.ending !== null;
  });
  for (let check = 0; check < 50; check++) expect(await scene.store.find(reader.id)).toEqual(reader);
  expect(answered).toBe(0);
  for (const outcome of await Promise.all(revocations)) expect(outcome).toMatchObject({ durable: false });
  // two waits at most: the one under way, and the one that all the others share
  expect(performance.now() - before).toBeLessThan(12_000);
});

test('B6 too few replicas to write: refused in time, and nothing has changed; done once there are enough', async () => {
  await open({ deadline: '1s', timeout: '300ms' } as never);
  const record = await scene.signIn();
  await replication.primary.cli('CONFIG', 'SET', 'min-replicas-to-write', '3');
  const error = await rejectionOf(scene.store.revoke(scene.commands.revoke(record)));
  expect([error.code, String(error.cause)]).toEqual([
    'store_unavailable',
    expect.stringContaining('NOREPLICAS') as string,
  ]);
  expect(await scene.store.find(record.id)).toEqual(record);
  await replication.primary.cli('CONFIG', 'SET', 'min-replicas-to-write', '2');
  await waitUntil('it is done and durable', async () => {
    const outcome = await scene.store.revoke(scene.commands.revoke(record));
    return outcome.status === 'ended' && outcome.durable;
  });
});

test('B6 replicas that come back within the deadline are not missed', async () => {
  await open();
  const record = await scene.signIn();
  await replication.primary.cli('CONFIG', 'SET', 'min-replicas-to-write', '3');
  const revoked = scene.store.revoke(scene.commands.revoke(record));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await replication.primary.cli('CONFIG', 'SET', 'min-replicas-to-write', '2');
  expect(await revoked).toMatchObject({ status: 'ended', changed: true, durable: true });
});

test('B12 a primary that is none for a moment is asked again, over another connection', async () => {
  await open();
  await scene.store.revoke(scene.commands.revoke(await scene.signIn()));
  const record = await scene.signIn();
  await replication.primary.cli('REPLICAOF', '127.0.0.1', String(await freePort()));
  const revoked = scene.store.revoke(scene.commands.revoke(record));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await replication.primary.cli('REPLICAOF', 'NO', 'ONE');
  expect(await revoked).toMatchObject({ status: 'ended', changed: true, durable: true });
});

test('close ends the connection, and waits for what is being confirmed', async () => {
  await open();
  const record = await scene.signIn();
  await scene.store.revoke(scene.commands.revoke(await scene.signIn()));
  expect(await connections()).toBe(1);
  const last = scene.store.revoke(scene.commands.revoke(record));
  await Promise.all([scene.store.close(), last]);
  expect(await last).toMatchObject({ durable: true });
  await waitUntil('the connection is closed', async () => (await connections()) === 0);
});

test('B4 without the permission to wait nothing is durable, and that is told once', async () => {
  const { primary } = replication;
  await primary.cli('ACL', 'SETUSER', 'nowait', 'reset', 'on', '>secret', '~*', '&*', '+@all', '-wait');
  const incidents: unknown[] = [];
  scene = await openDurableScene({ url: `redis://nowait:secret@127.0.0.1:${primary.port}` }, 1, brief, incidents);
  for (let ending = 0; ending < 2; ending++) {
    const send = everyWrite['a revocation'](scene.commands, await scene.signIn());
    expect(await send(scene.store)).toMatchObject({ status: 'ended', durable: false });
  }
  expect(incidents).toEqual([{ kind: 'wait-refused', cause: expect.stringMatching(/NOPERM/) as string }]);
});
