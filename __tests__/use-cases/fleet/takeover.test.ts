import type { SessionManager } from '../../../lib/session-manager';
import { listenTo, SessionBench } from '../../fixtures/session-bench';
import { emptyFleetStores, fleetStoreKinds } from '../../fixtures/fleet-stores';
import { waitUntil } from '../../harness/wait-until';
import { begun, confirmed, finished, leaseMilliseconds, signInCrowd, stopAt } from './fleet-bench';

afterEach(emptyFleetStores);

jest.setTimeout(60_000);

// More than share a batch.
const sizes = [2, ...Array.from({ length: 9 }, () => 1), 7];
const total = { endedSessions: 18, endedUsers: 11 };

describe.each(fleetStoreKinds)('going on with the end of all sessions on $name', (kind) => {
  let bench: SessionBench;
  let sessions: SessionManager;
  let confirmation: string;

  beforeEach(async () => {
    bench = new SessionBench(kind);
    sessions = bench.open();
    await signInCrowd(sessions, bench, sizes);
    confirmation = await confirmed(sessions);
  });

  afterEach(() => bench.close());

  const points = [
    ['saveFleetEnding', 2, 'before'],
    ['saveFleetEnding', 2, 'behind'],
    ['saveFleetEnding', 4, 'before'],
    ['saveFleetEnding', 4, 'behind'],
    ['revokeAll', 1, 'before'],
    ['revokeAll', 1, 'behind'],
    ['revokeAll', 9, 'behind'],
    ['revokeAll', 11, 'behind'],
  ] as const;

  // What is done again comes to the same on each store; where it can stop is the same on all.
  test.each(kind.name === 'memory' ? points : points.slice(-3))(
    'B5 A35 a process stops at its %s number %i, %s the store: another takes over, and the count is exact',
    async (verb, nth, when) => {
      stopAt(bench, verb, nth, when);
      await begun(sessions, confirmation);
      await waitUntil(
        'it has stopped',
        () => bench.store.calls.filter((call) => call === verb).length >= nth,
        30_000,
      );
      const heir = bench.open();
      heir.fleet.resume();
      bench.time.advance(leaseMilliseconds + 1);
      expect(await finished(heir)).toMatchObject(total);
      await heir.close();
    },
  );

  test('A35 as long as the lease lasts nobody else sets to work', async () => {
    stopAt(bench, 'survey', 1, 'before');
    await begun(sessions, confirmation);
    await waitUntil('it has stopped', () => bench.store.calls.at(-1) === 'survey');
    const heir = bench.open();
    bench.time.advance(leaseMilliseconds - 1_000);
    const before = bench.store.calls.length;
    heir.fleet.resume();
    await waitUntil('it has looked', () => bench.store.calls.length > before);
    for (let asked = 0; asked < 5; asked++) await heir.fleet.progress();
    expect(bench.store.calls.slice(before).filter((call) => call !== 'findFleetEnding')).toEqual([]);
    expect(await heir.fleet.progress()).toMatchObject({ status: 'running', endedSessions: 0 });
    await heir.close();
  });

  test('A35 who only stood still learns that another has taken over, and nothing is counted twice', async () => {
    const goOn = stopAt(bench, 'revokeAll', 5, 'behind');
    await begun(sessions, confirmation);
    await waitUntil('it has stopped', () => bench.store.calls.filter((call) => call === 'revokeAll').length >= 5);
    const heir = bench.open();
    bench.time.advance(leaseMilliseconds + 1);
    heir.fleet.resume();
    await finished(heir);
    const heard = listenTo(sessions);
    const before = bench.store.calls.length;
    goOn();
    await waitUntil('it goes on', () => bench.store.calls.slice(before).includes('findFleetEnding'));
    expect(await sessions.fleet.progress()).toMatchObject({ status: 'finished', ...total });
    expect(heard).toEqual([]);
    await heir.close();
  });

  test('A35 closed half-way, a manager gives the work back, and the next one need not wait', async () => {
    stopAt(bench, 'close', 1, 'instead');
    let survey = (): void => undefined;
    bench.store.interceptNext('survey', async (proceed) => {
      await new Promise<void>((resolve) => (survey = resolve));
      return proceed();
    });
    await begun(sessions, confirmation);
    await waitUntil('it is at work', () => bench.store.calls.at(-1) === 'survey');
    const closed = sessions.close();
    survey();
    await closed;
    expect(bench.store.calls.at(-1)).toBe('close');
    const heir = bench.open();
    heir.fleet.resume();
    expect(await finished(heir)).toMatchObject(total);
    await heir.close();
  });

  test('B9 A35 while the store is away it is told of and tried again, and the count is exact', async () => {
    const heard = listenTo(sessions);
    bench.store.failNext('revokeAll', 2);
    bench.store.loseReply('revokeAll');
    await begun(sessions, confirmation);
    expect(await finished(sessions)).toMatchObject(total);
    const told = heard.filter(({ name }) => name === 'background.failed').map(({ event }) => event);
    expect(told[0]).toMatchObject({ operation: 'end-fleet', final: false, error: { code: 'store_unavailable' } });
    await sessions.close();
  });

  test('B9 to ask for it never throws: without a store it is told and asked again, and a closed manager asks nothing', async () => {
    const heard = listenTo(sessions);
    const looks = (): number => bench.store.calls.filter((call) => call === 'findFleetEnding').length;
    bench.store.failNext('findFleetEnding', 2);
    sessions.fleet.resume();
    await waitUntil('it has looked again', () => looks() === 3);
    expect(heard).toMatchObject(
      [1, 2].map(() => ({ name: 'background.failed', event: { operation: 'end-fleet', final: false } })),
    );
    sessions.fleet.resume();
    await waitUntil('it has looked for what is to be done, which is nothing', () => looks() === 4);
    await sessions.close();
    sessions.fleet.resume();
    expect([looks(), heard.length]).toEqual([4, 2]);
  });
});
