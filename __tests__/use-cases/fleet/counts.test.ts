import type { SessionManager } from '../../../lib/session-manager';
import type { SessionRecord } from '../../../lib/domain/session-record';
import { rejectionOf } from '../../fixtures/refusal-of';
import { laptop, phone, SessionBench, signedIn } from '../../fixtures/session-bench';
import { emptyFleetStores, fleetStoreKinds } from '../../fixtures/fleet-stores';
import { signInCrowd } from './fleet-bench';

afterEach(emptyFleetStores);

jest.setTimeout(60_000);

describe.each(fleetStoreKinds)('counting everybody’s sessions on $name', (kind) => {
  let bench: SessionBench;
  let sessions: SessionManager;

  beforeEach(() => {
    bench = new SessionBench(kind);
    sessions = bench.open();
  });

  afterEach(async () => {
    await sessions.close();
    await bench.close();
  });

  test('A35 tells how many sessions and users there are, on what, and how many signed in within each hour', async () => {
    sessions = bench.open({ lifetimes: { refreshToken: '30d' } });
    const userId = bench.newUser();
    await signedIn(sessions, { userId, client: laptop });
    await signedIn(sessions, { userId, client: phone });
    bench.time.advance(3 * 3_600_000);
    await signedIn(sessions, { client: phone });
    const gone = await signedIn(sessions, { client: phone });
    await sessions.revoke(gone.session.id);
    const counts = await sessions.fleet.counts();
    expect(counts).toMatchObject({
      status: 'counted',
      measuredAt: new Date(bench.time.now()).toISOString(),
      sessions: 3,
      users: 2,
      byDeviceType: { desktop: 1, phone: 2 },
      byCountry: { unknown: 3 },
      error: { byCountry: 0, signIns: 10 },
    });
    expect(counts.signIns).toHaveLength(24);
    expect(counts.signIns.slice(-4)).toEqual([
      { hour: '2026-01-01T00:00:00.000Z', count: 2 },
      { hour: '2026-01-01T01:00:00.000Z', count: 0 },
      { hour: '2026-01-01T02:00:00.000Z', count: 0 },
      { hour: '2026-01-01T03:00:00.000Z', count: 2 },
    ]);
    expect(counts.error.sessions).toBe(Math.ceil((2 * 2 * counts.milliseconds) / 3_600_000));
  });

  test('counts countries by the records, and those of nowhere as unknown', async () => {
    const countries = ['DE', 'DE', 'JP', null];
    for (const country of countries) {
      bench.store.interceptNext('create', async (_, command) => {
        const { record } = command as { record: SessionRecord };
        const location = country === null ? null : { city: null, region: null, country };
        const profile = { ...record.profile, location };
        return bench.store.port.create({ ...(command as object), record: { ...record, profile } } as never);
      });
      await signedIn(sessions);
    }
    expect((await sessions.fleet.counts()).byCountry).toEqual({ DE: 2, JP: 1, unknown: 1 });
  });

  test('an administrator in a user’s place is no session of the user’s', async () => {
    const { userId } = await signedIn(sessions);
    const actor = { id: 'support', scopes: ['impersonate'] as const };
    const input = { actor, userId, reason: 'ticket 4711', lifetime: '5m' } as const;
    const outcome = await sessions.impersonation.start(input);
    expect(outcome.status).toBe('started');
    expect(await sessions.fleet.counts()).toMatchObject({ sessions: 1, users: 1 });
    expect((await sessions.fleet.counts()).signIns.at(-1)?.count).toBe(1);
  });

  test('is asked for by many at once and done once, and kept for a minute', async () => {
    await signedIn(sessions);
    const [one, other] = await Promise.all([sessions.fleet.counts(), sessions.fleet.counts({ maxAge: '0s' })]);
    expect(other).toBe(one);
    bench.time.advance(59_999);
    await signedIn(sessions);
    const calls = await bench.store.callsDuring(async () => expect(await sessions.fleet.counts()).toBe(one));
    expect(calls).toEqual([]);
    expect(await sessions.fleet.counts({ maxAge: '30s' })).toMatchObject({ sessions: 2 });
    bench.time.advance(60_000);
    await signedIn(sessions);
    expect(await sessions.fleet.counts()).toMatchObject({ sessions: 3 });
  });

  test('a count that fails is not kept', async () => {
    bench.store.failNext('survey');
    expect((await rejectionOf(sessions.fleet.counts())).code).toBe('store_unavailable');
    expect(await sessions.fleet.counts()).toMatchObject({ sessions: 0, users: 0, byCountry: {} });
  });

  test('B9 what was counted is not lost where a step behind the first fails: that is asked again, three times at most', async () => {
    await signInCrowd(sessions, bench, [1, 2]);
    const failBehindFirst = (times: number): void => {
      bench.store.interceptNext('survey', async (proceed) => {
        bench.store.failNext('survey', times);
        return { ...((await proceed()) as object), next: 'lost' };
      });
    };
    failBehindFirst(3);
    bench.store.failNext('find', 2);
    expect(await sessions.fleet.counts()).toMatchObject({ sessions: 3, users: 2, byCountry: { unknown: 3 } });
    failBehindFirst(4);
    expect((await rejectionOf(sessions.fleet.counts({ maxAge: '0s' }))).code).toBe('store_unavailable');
    expect(await sessions.fleet.counts({ maxAge: '0s' })).toMatchObject({ sessions: 3, users: 2 });
  });

  test('what a walk found before it had to begin anew is not counted', async () => {
    await signInCrowd(sessions, bench, [1, 2]);
    bench.store.interceptNext('survey', async (proceed) => ({
      ...((await proceed()) as object),
      next: 'lost',
    }));
    expect(await sessions.fleet.counts()).toMatchObject({ sessions: 3, users: 2 });
  });

  test('ends when the manager is closed', async () => {
    bench.store.interceptNext('survey', async (proceed) => {
      bench.store.interceptNext('close', async () => undefined);
      void sessions.close();
      return { ...((await proceed()) as object), next: 'more' };
    });
    expect((await rejectionOf(sessions.fleet.counts())).code).toBe('store_unavailable');
  });

  test('refuses options that it does not know, and ages that are none', async () => {
    for (const options of [{ maxage: '1m' }, { maxAge: 60 }]) {
      expect((await rejectionOf(sessions.fleet.counts(options as never))).code).toBe('options_invalid');
    }
  });
});
