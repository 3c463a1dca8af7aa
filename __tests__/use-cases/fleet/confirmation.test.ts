import { rejectionOf } from '../../fixtures/refusal-of';
import { listenTo, namesOf, SessionBench, signedIn } from '../../fixtures/session-bench';
import { emptyFleetStores, fleetStoreKinds } from '../../fixtures/fleet-stores';
import { admin, begun, confirmed, finished, signInCrowd } from './fleet-bench';

afterEach(emptyFleetStores);

jest.setTimeout(60_000);

describe.each(fleetStoreKinds)('confirming the end of all sessions on $name', (kind) => {
  let bench: SessionBench;

  beforeEach(() => {
    bench = new SessionBench(kind);
  });

  afterEach(() => bench.close());

  test('A35 nothing ends without a confirmation: another text, another token, another administrator’s, an old one', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    const issued = await sessions.oneTimeTokens.issue({ purpose: 'registration', lifetime: '10m' });
    const confirmation = await confirmed(sessions);
    const refused = (reason: string) => ({
      status: 'invalid',
      reason,
      error: expect.objectContaining({ code: 'one_time_token_invalid', status: 403, reason }) as unknown,
    });
    for (const text of ['', 'yes', tokens.accessToken, tokens.refreshToken, issued.token]) {
      expect(await sessions.fleet.endAll(text, { actor: admin })).toEqual(refused('invalid'));
    }
    for (const actor of [
      { type: 'admin', id: 'other' },
      { type: 'user', id: 'root' },
      { type: 'admin' },
    ] as const) {
      expect(await sessions.fleet.endAll(confirmation, { actor })).toEqual(refused('invalid'));
    }
    bench.time.advance(10 * 60_000 + 1);
    const tooOld = await sessions.fleet.endAll(confirmation, { actor: admin });
    // Where the store counts it among its garbage by then, nobody knows what it was.
    expect([refused('expired'), refused('invalid')]).toContainEqual(tooOld);
    expect(await sessions.fleet.progress()).toBeUndefined();
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    await sessions.close();
  });

  test('A35 nobody can have a confirmation issued as a one-time token of their own', async () => {
    const sessions = bench.open();
    const input = { purpose: 'fleet_ending', lifetime: '10m', data: { actor: admin, sessions: 1 } } as const;
    expect((await rejectionOf(sessions.oneTimeTokens.issue(input))).code).toBe('request_invalid');
    expect(
      await sessions.oneTimeTokens.redeem(await confirmed(sessions), { purpose: 'registration' }),
    ).toMatchObject({
      status: 'invalid',
    });
    await sessions.close();
  });

  test('A35 while one is under way another is refused, and its confirmation stays good', async () => {
    const sessions = bench.open();
    await signInCrowd(sessions, bench, [1, 2]);
    const [first, second] = [await confirmed(sessions), await confirmed(sessions)];
    const release = hold(bench);
    const running = await begun(sessions, first);
    const outcome = await sessions.fleet.endAll(second, { actor: admin });
    expect(outcome).toMatchObject({ status: 'under-way', ending: { id: running.id, status: 'running' } });
    expect(outcome).toHaveProperty('error.code', 'fleet_ending_under_way');
    expect(outcome).toHaveProperty('error.extensions', { ending: running.id });
    release();
    expect(await finished(sessions)).toMatchObject({ id: running.id, endedSessions: 3 });
    expect((await begun(sessions, second)).id).not.toBe(running.id);
    expect(await finished(sessions)).toMatchObject({ endedSessions: 0, endedUsers: 0 });
    await sessions.close();
  });

  test('A35 sent again, now or when it is over, a confirmation leads to the same ending; after another one it is spent', async () => {
    const sessions = bench.open();
    await signInCrowd(sessions, bench, [1, 2]);
    const [first, second] = [await confirmed(sessions), await confirmed(sessions)];
    const { id } = await begun(sessions, first);
    expect((await begun(sessions, first)).id).toBe(id);
    await finished(sessions);
    expect(await begun(sessions, first)).toMatchObject({ id, status: 'finished', endedSessions: 3 });
    await begun(sessions, second);
    await finished(sessions);
    expect(await sessions.fleet.endAll(first, { actor: admin })).toMatchObject({
      status: 'invalid',
      reason: 'spent',
    });
    await sessions.close();
  });

  test('A35 two processes that confirm at once begin one ending', async () => {
    const [one, other] = [bench.open(), bench.open()];
    await signInCrowd(one, bench, [1, 2, 3]);
    const heard = [...[one, other].map(listenTo)];
    const confirmation = await confirmed(one);
    const started = await Promise.all([one, other, one, other].map((node) => begun(node, confirmation)));
    expect(new Set(started.map(({ id }) => id)).size).toBe(1);
    expect(await finished(other)).toMatchObject({ endedSessions: 6, endedUsers: 3 });
    await one.close();
    expect(
      namesOf(heard.flat())
        .filter((name) => name.startsWith('fleet.'))
        .sort(),
    ).toEqual(['fleet.ending-finished', 'fleet.ending-started']);
  });

  test.each(['saveFleetEnding', 'consumeOneTime', 'raiseFloor'] as const)(
    'B7 A35 where the reply to %s is lost, the same confirmation goes on where it had come to',
    async (verb) => {
      const sessions = bench.open();
      await signInCrowd(sessions, bench, [1, 2, 3]);
      const confirmation = await confirmed(sessions);
      bench.store.loseReply(verb);
      expect((await rejectionOf(begun(sessions, confirmation))).code).toBe('store_unavailable');
      await begun(sessions, confirmation);
      expect(await finished(sessions)).toMatchObject({ endedSessions: 6, endedUsers: 3 });
      await sessions.close();
    },
  );

  test('B7 A35 where the store did not take it, nothing has begun, and the same confirmation is good', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    const confirmation = await confirmed(sessions);
    bench.store.failNext('saveFleetEnding');
    await rejectionOf(begun(sessions, confirmation));
    expect(await sessions.fleet.progress()).toBeUndefined();
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    await begun(sessions, confirmation);
    expect(await finished(sessions)).toMatchObject({ endedSessions: 1 });
    await sessions.close();
  });
});

/** The work behind the callers' backs does not come to its first step until it is let go. */
function hold(bench: SessionBench): () => void {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  bench.store.interceptNext('survey', async (proceed) => {
    await released;
    return proceed();
  });
  return release;
}
