import { oneFleetEnding } from '../../../lib/contract/one-fleet-ending';
import type { RevokeAllOutcome } from '../../../lib/store/outcomes';
import { SessionBench } from '../../fixtures/session-bench';
import { emptyFleetStores, fleetStoreKinds } from '../../fixtures/fleet-stores';
import { waitUntil } from '../../harness/wait-until';
import { begun, confirmed, finished, leaseMilliseconds, signInCrowd, stopAt } from './fleet-bench';

afterEach(emptyFleetStores);

jest.setTimeout(60_000);

describe.each(fleetStoreKinds)('an end of all sessions that replicas do not confirm, on $name', (kind) => {
  let bench: SessionBench;

  beforeEach(() => {
    bench = new SessionBench(kind);
  });

  afterEach(() => bench.close());

  test('B4 A35 one that they confirm says nothing of it', async () => {
    const sessions = bench.open();
    await signInCrowd(sessions, bench, [1, 2]);
    expect(await begun(sessions, await confirmed(sessions))).not.toHaveProperty('durable');
    expect(await finished(sessions)).not.toHaveProperty('durable');
    await sessions.close();
  });

  test('B4 A35 where the floor is not confirmed, it says so from its beginning to its end, also to others', async () => {
    const sessions = bench.open();
    await signInCrowd(sessions, bench, [1, 2]);
    const confirmation = await confirmed(sessions);
    bench.store.interceptNext('raiseFloor', async (proceed) => ({
      ...((await proceed()) as object),
      durable: false,
    }));
    const ending = await begun(sessions, confirmation);
    expect(oneFleetEnding.parse({ ending })).toMatchObject({ ending: { durable: false } });
    const other = bench.open();
    expect(await finished(other)).toMatchObject({ durable: false, endedSessions: 3 });
    await sessions.close();
  });

  test('B4 A35 where the end of one user’s sessions is not confirmed, it says so at its end', async () => {
    const sessions = bench.open();
    await signInCrowd(sessions, bench, [1, 2, 1]);
    const confirmation = await confirmed(sessions);
    bench.store.interceptNext('revokeAll', (proceed) => proceed());
    bench.store.interceptNext('revokeAll', async (proceed) => ({
      ...((await proceed()) as RevokeAllOutcome),
      durable: false,
    }));
    await begun(sessions, confirmation);
    expect(await finished(sessions)).toMatchObject({ durable: false, endedSessions: 4, endedUsers: 3 });
    await sessions.close();
  });

  test('B4 A35 where the walk begins anew, since a failover may have lost it, the floor is raised again', async () => {
    const sessions = bench.open();
    await signInCrowd(sessions, bench, [1, 2]);
    const confirmation = await confirmed(sessions);
    bench.store.interceptNext('survey', async (proceed) => ({ ...((await proceed()) as object), next: 'lost' }));
    await begun(sessions, confirmation);
    expect(await finished(sessions)).toMatchObject({ endedSessions: 3, endedUsers: 2 });
    const raised = bench.store.calls.filter((call) => call === 'raiseFloor');
    expect(raised).toHaveLength(2);
    await sessions.close();
  });

  test('B4 A35 who takes over raises the floor by itself, and tells what replicas said to it', async () => {
    const first = bench.open();
    await signInCrowd(first, bench, [1, 2]);
    const confirmation = await confirmed(first);
    stopAt(bench, 'survey', 1, 'before');
    await begun(first, confirmation);
    await waitUntil('it is at work', () => bench.store.calls.at(-1) === 'survey');
    bench.store.interceptNext('raiseFloor', async (proceed) => ({
      ...((await proceed()) as object),
      durable: false,
    }));
    const heir = bench.open();
    bench.time.advance(leaseMilliseconds + 1);
    heir.fleet.resume();
    expect(await finished(heir)).toMatchObject({ durable: false, endedSessions: 3 });
    await heir.close();
  });
});
