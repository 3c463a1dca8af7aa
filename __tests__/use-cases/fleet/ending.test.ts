import { SessionBench, listenTo, namesOf, signedIn } from '../../fixtures/session-bench';
import { emptyFleetStores, fleetStoreKinds } from '../../fixtures/fleet-stores';
import { admin, begun, confirmed, finished, signInCrowd } from './fleet-bench';

afterEach(emptyFleetStores);

jest.setTimeout(60_000);

describe.each(fleetStoreKinds)('ending all sessions on $name', (kind) => {
  let bench: SessionBench;

  beforeEach(() => {
    bench = new SessionBench(kind);
  });

  afterEach(() => bench.close());

  test('A35 everybody is signed out, and the progress counts each session and each user', async () => {
    const sessions = bench.open();
    const everybody = await signInCrowd(sessions, bench, [1, 1, 2, 5, 30]);
    const heard = listenTo(sessions);
    const prepared = await sessions.fleet.prepareEnding({ actor: admin, reason: 'breach' });
    expect(prepared).toEqual({
      status: 'prepared',
      sessions: 39,
      users: 5,
      confirmation: expect.stringMatching(/^sot_/) as string,
      expiresAt: new Date(bench.time.clock() + 600_000).toISOString(),
    });
    expect(await sessions.fleet.progress()).toBeUndefined();
    const outcome = await sessions.fleet.endAll(prepared.confirmation, { actor: admin });
    expect(outcome).toMatchObject({ status: 'started', ending: { reason: 'breach', actor: admin, expected: 39 } });
    const ending = await finished(sessions);
    expect(ending).toMatchObject({
      endedSessions: 39,
      endedUsers: 5,
      expected: 39,
      reason: 'breach',
      actor: admin,
    });
    for (const { tokens } of everybody) {
      expect(await sessions.verify(tokens.accessToken)).toMatchObject({
        status: expect.stringMatching(/revoked|invalid/) as string,
      });
    }
    const [{ tokens, userId }] = [everybody[0]!];
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'revoked', reason: 'breach' });
    expect((await sessions.history(userId)).data[0]).toMatchObject({
      event: 'sessions_revoked',
      actor: admin,
      count: 1,
      reason: 'breach',
    });
    expect(namesOf(heard).filter((name) => name.startsWith('fleet.'))).toEqual([
      'fleet.ending-started',
      'fleet.ending-finished',
    ]);
    await sessions.close();
  });

  test('A35 it has begun only once everything from before is refused', async () => {
    const sessions = bench.open();
    await signedIn(sessions);
    const confirmation = await confirmed(sessions);
    let isRaised = false;
    bench.store.interceptNext('raiseFloor', async (proceed) => {
      const raised = await proceed();
      isRaised = true;
      return raised;
    });
    await begun(sessions, confirmation);
    expect(isRaised).toBe(true);
    await finished(sessions);
    await sessions.close();
  });

  test('A35 a sign-in begun before and stored after is refused; one begun after stays', async () => {
    const sessions = bench.open();
    const { userId } = await signedIn(sessions);
    const startedAt = await sessions.now();
    bench.time.advance(1_000);
    await begun(sessions, await confirmed(sessions));
    bench.time.advance(1_000);
    for (const who of [userId, bench.newUser()]) {
      expect(await sessions.create({ userId: who, startedAt })).toMatchObject({ status: 'stale-sign-in' });
    }
    const later = await signedIn(sessions, { userId, startedAt: await sessions.now() });
    const ending = await finished(sessions);
    expect(ending).toMatchObject({ endedSessions: 1, endedUsers: 1 });
    expect(await sessions.verify(later.tokens.accessToken)).toMatchObject({ status: 'active' });
    await sessions.close();
  });
});
