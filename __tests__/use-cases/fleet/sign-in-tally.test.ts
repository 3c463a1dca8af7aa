import type { SessionManager } from '../../../lib/session-manager';
import { listenTo, SessionBench, signedIn } from '../../fixtures/session-bench';
import { emptyFleetStores, fleetStoreKinds } from '../../fixtures/fleet-stores';

afterEach(emptyFleetStores);

const hour = 3_600_000;

describe.each(fleetStoreKinds)('tallying sign-ins on $name', (kind) => {
  let bench: SessionBench;

  beforeEach(() => {
    bench = new SessionBench(kind);
  });

  afterEach(() => bench.close());

  /** A count begins with handing over what is there. */
  const flush = (sessions: SessionManager) => sessions.fleet.counts({ maxAge: '0s' });

  const tallied = (): Promise<readonly number[]> =>
    bench.store.port.findSignIns([bench.time.now() - hour, bench.time.now()].map((at) => at - (at % hour)));

  test('a sign-in asks nothing more of the store; whoever counts the fleet has what there was added up, by the hour', async () => {
    const sessions = bench.open();
    const calls = await bench.store.callsDuring(() => signedIn(sessions));
    expect(calls).toEqual(['create']);
    bench.time.advance(hour);
    await signedIn(sessions);
    await signedIn(sessions);
    expect(await tallied()).toEqual([0, 0]);
    await flush(sessions);
    expect(await tallied()).toEqual([1, 2]);
    await flush(sessions);
    expect(await tallied()).toEqual([1, 2]);
    await sessions.close();
  });

  test('two processes add to the same hours, and a manager that is closed leaves nothing behind', async () => {
    const [one, other] = [bench.open(), bench.open()];
    for (const node of [one, other]) {
      await signedIn(node);
      bench.store.interceptNext('close', async () => undefined);
      await node.close();
    }
    expect(await tallied()).toEqual([0, 2]);
  });

  test('what the store does not take is kept for the next time, and told once', async () => {
    const sessions = bench.open();
    const heard = listenTo(sessions);
    await signedIn(sessions);
    bench.store.failNext('tallySignIns', 2);
    await flush(sessions);
    await flush(sessions);
    await signedIn(sessions);
    expect(await tallied()).toEqual([0, 0]);
    await flush(sessions);
    expect(await tallied()).toEqual([0, 2]);
    const failed = heard.filter(({ name }) => name === 'background.failed');
    expect(failed).toMatchObject([{ event: { operation: 'sign-in-tally', final: false } }]);
    await sessions.close();
  });

  test('while the store is away memory does not grow: of more than 24 hours the oldest are forgotten', async () => {
    const sessions = bench.open({ lifetimes: { absolute: '400d', refreshToken: '300d' } });
    for (let past = 0; past < 30; past++) {
      await signedIn(sessions);
      bench.store.failNext('tallySignIns', 24);
      await flush(sessions);
      bench.time.advance(hour);
    }
    const calls = await bench.store.callsDuring(() => sessions.close());
    expect(calls.filter((call) => call === 'tallySignIns')).toHaveLength(24);
  });
});

test('by itself it adds them ten seconds after the first', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'performance', 'queueMicrotask', 'nextTick'] });
  const bench = new SessionBench(fleetStoreKinds[0]!);
  try {
    const sessions = bench.open();
    await signedIn(sessions);
    await jest.advanceTimersByTimeAsync(9_999);
    expect(bench.store.calls).not.toContain('tallySignIns');
    await signedIn(sessions);
    await jest.advanceTimersByTimeAsync(1);
    expect(bench.store.calls).toContain('tallySignIns');
    const at = bench.time.now();
    expect(await bench.store.port.findSignIns([at - (at % hour)])).toEqual([2]);
    await sessions.close();
  } finally {
    jest.useRealTimers();
    await bench.close();
  }
});
