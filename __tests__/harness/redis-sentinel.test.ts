import { type SentinelSetup, startSentinel } from './redis-sentinel';
import { waitUntil } from './wait-until';

jest.setTimeout(240_000);

let setup: SentinelSetup;

beforeAll(async () => {
  setup = await startSentinel();
});

afterAll(() => setup.stop());

/** Sentinels look again every ten seconds, and on a busy machine they may change their minds. */
const patience = 60_000;

/** Writes to the server that is the primary by then: one that was just replaced loses what it took. */
function writtenEverywhere(value: string): Promise<void> {
  return waitUntil(`all hold ${value}`, () => holdsOnceWritten(value).catch(() => false), patience);
}

async function holdsOnceWritten(value: string): Promise<boolean> {
  const primary = await setup.primary();
  if ((await primary.cli('SET', 'key', value)) !== 'OK') return false;
  const servers = [primary, ...(await setup.replicas())];
  return (await Promise.all(servers.map((server) => server.cli('GET', 'key')))).every((held) => held === value);
}

test('a switch by an operator, a crash and a restart, a freeze: each time another server is the primary', async () => {
  const [first] = setup.servers;
  expect(await setup.primary()).toBe(first);
  await first!.cli('SET', 'key', '1');
  const switched = await setup.failover();
  expect(switched.from).toBe(first);
  await setup.demoted(switched.from);
  await setup.settled();

  const crash = await setup.killPrimary();
  await setup.rejoin(crash.from);
  await setup.settled();
  await writtenEverywhere('2');

  const freeze = await setup.pausePrimary();
  setup.resume(freeze.from);
  await setup.demoted(freeze.from);
  await writtenEverywhere('3');
});

test('a primary cut off from the others takes writes until they see it again, and loses them', async () => {
  await setup.settled();
  const { from, to } = await setup.partitionPrimary();
  expect(await from.cli('SET', 'key', 'minority')).toBe('OK');
  await to.cli('SET', 'key', 'majority');
  await setup.heal(from);
  await setup.demoted(from);
  await writtenEverywhere('majority');
});
