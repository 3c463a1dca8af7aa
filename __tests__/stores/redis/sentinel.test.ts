import { Redis, type RedisOptions } from 'ioredis';
import { SessionManager } from '../../../lib/session-manager';
import { RedisStore } from '../../../lib/stores/redis';
import { type HeardEvent, listenTo, namesOf } from '../../fixtures/session-bench';
import { type SentinelSetup, startSentinel, type Switchover } from '../../harness/redis-sentinel';
import { freshPrefix } from '../../harness/test-redis';
import { waitUntil } from '../../harness/wait-until';
import { type CrowdReport, FailoverCrowd } from './failover-crowd';

jest.setTimeout(120_000);

const deadline = 1_000;
// What a loaded machine may need on top.
const slack = 2_500;
const patience = 30_000;

let setup: SentinelSetup;
let prefix: string;
let clients: Redis[];
let managers: SessionManager[];
let heard: HeardEvent[][];

beforeAll(async () => {
  jest.spyOn(process, 'emitWarning').mockReturnValue();
  setup = await startSentinel();
});

afterAll(() => setup.stop());

beforeEach(async () => {
  await setup.settled();
  prefix = freshPrefix();
  // One process whose client has the defaults, and one as the documentation says.
  clients = [connect(), connect({ maxRetriesPerRequest: 1, enableOfflineQueue: false, disconnectTimeout: 100 })];
  managers = clients.map((client) => new SessionManager({ store: new RedisStore({ client, prefix }) }));
  heard = managers.map((manager) => listenTo(manager));
  await Promise.all(
    managers.map((manager) => waitUntil('it is there', async () => (await manager.health()).status === 'up')),
  );
});

afterEach(async () => {
  await Promise.all(managers.map((manager) => manager.close()));
  for (const client of clients) client.disconnect();
});

function connect(options: RedisOptions = {}): Redis {
  const client = new Redis({ sentinels: [...setup.sentinels], name: setup.name, ...options });
  client.on('error', () => undefined);
  return client;
}

/** Runs the crowd, lets something happen to the primary, and goes on until both processes work with the new one. */
async function under(fault: () => Promise<Switchover>, afterwards: (switched: Switchover) => Promise<void>) {
  const crowd = new FailoverCrowd(managers, 6);
  try {
    await waitUntil('the crowd is at work', () => crowd.answers > 200, patience);
    const switched = await fault();
    await waitUntil(
      'both are at the new primary',
      () => clients.every((client) => isAt(client, switched)),
      patience,
    );
    const before = crowd.answers;
    await waitUntil('the crowd works on', () => crowd.answers > before + 200, patience);
    await afterwards(switched);
  } finally {
    await crowd.stop();
  }
  return crowd.report();
}

function isAt(client: Redis, { to }: Switchover): boolean {
  return client.status === 'ready' && client.stream.remotePort === to.port;
}

/** Nobody was refused for another reason than that the store was away, nor late; and only what Redis has lost was wrong. */
async function expectTruth(report: CrowdReport): Promise<void> {
  expect([...report.faults.keys()].filter((code) => code !== 'store_unavailable')).toEqual([]);
  expect(report.standstill).toBeLessThan(patience);
  expect(report.slowest).toBeLessThan(deadline + slack);
  expect(report.renewals.get('reused')).toBeUndefined();
  expect(heard.flatMap(namesOf)).not.toContain('token.reused');
  expect(report.ended.length).toBeGreaterThan(20);
  for (const ended of report.ended.filter(({ accepted }) => accepted > 0)) {
    // The present primary never heard of its end: an acknowledgement that the failover lost.
    expect(await managers[0]!.verify(ended.accessToken)).toMatchObject({ status: 'active' });
  }
}

test('B12 a primary that is killed under load: refusals in time, then all work on with the promoted one', async () => {
  const report = await under(
    () => setup.killPrimary(),
    ({ from }) => setup.rejoin(from),
  );
  await expectTruth(report);
  expect(report.faults.size).toBe(1);
});

test('B12 a switch by an operator under load: nobody stays with the former primary, which goes on for a while', async () => {
  const report = await under(
    () => setup.failover(),
    async ({ from, to }) => {
      // Nobody has told it yet: a client that stayed would still be answered.
      expect(String(await from.cli('INFO', 'replication'))).toContain('role:master');
      expect(clients.map((client) => client.stream.remotePort)).toEqual([to.port, to.port]);
      await setup.demoted(from);
    },
  );
  await expectTruth(report);
});

test('B12 a primary that stood still and goes on as if nothing had happened: nobody is with it any more', async () => {
  const report = await under(
    () => setup.pausePrimary(),
    async ({ from }) => {
      setup.resume(from);
      await setup.demoted(from);
    },
  );
  await expectTruth(report);
});
