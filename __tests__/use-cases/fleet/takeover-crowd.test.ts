import { SessionBench } from '../../fixtures/session-bench';
import { emptyFleetStores, fleetStoreKinds } from '../../fixtures/fleet-stores';
import { waitUntil } from '../../harness/wait-until';
import { begun, confirmed, finished, leaseMilliseconds, signInCrowd, stopAt } from './fleet-bench';

afterEach(emptyFleetStores);

jest.setTimeout(60_000);

describe.each(fleetStoreKinds)('going on with the end of one user’s many sessions on $name', (kind) => {
  let bench: SessionBench;

  beforeEach(() => {
    bench = new SessionBench(kind);
  });

  afterEach(() => bench.close());

  test.each([
    ['revokeAll', 1],
    ['revokeAll', 2],
    ['saveFleetEnding', 4],
  ] as const)(
    'B5 A35 it stops at its %s number %i in the middle of one user’s many sessions: another goes on there, and the count is exact',
    async (verb, nth) => {
      // As many as end in one step, so that a second one finds none left.
      const first = bench.open();
      await signInCrowd(first, bench, [250]);
      stopAt(bench, verb, nth, 'behind');
      await begun(first, await confirmed(first));
      await waitUntil(
        'it has stopped',
        () => bench.store.calls.filter((call) => call === verb).length >= nth,
        30_000,
      );
      const heir = bench.open();
      bench.time.advance(leaseMilliseconds + 1);
      heir.fleet.resume();
      expect(await finished(heir)).toMatchObject({ endedSessions: 250, endedUsers: 1 });
      await heir.close();
    },
  );
});
