import { Commands } from '../../lib/store/conformance/commands';
import type { SessionStore } from '../../lib/store/session-store';
import { rejectionOf } from '../fixtures/refusal-of';
import { laptop, listenTo, namesOf, renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { day, minute } from '../fixtures/session-record';
import { emptyFleetStores, fleetStoreKinds } from '../fixtures/fleet-stores';

afterEach(emptyFleetStores);

type Pass = (bench: SessionBench, userId: string) => Promise<unknown>;

/** Ways in which all sessions end while one is not met: the index has lost it, or the walk has yet to come to its user. */
const missings: readonly (readonly [string, string, Pass])[] = [
  [
    'a revoke-all',
    'password_changed',
    async ({ store: { port }, time }, userId) =>
      port.revokeAll((await commandsFor(port)).revokeAll(userId, time.now(), { most: 0 })),
  ],
  [
    'the end of everybody’s sessions',
    'fleet_ended',
    async ({ store: { port }, time }, userId) => {
      const { notAfter } = (await commandsFor(port)).setLimit(userId, null);
      return port.raiseFloor({ notAfter, floor: time.now(), reason: 'fleet_ended' });
    },
  ],
];

async function commandsFor(store: SessionStore): Promise<Commands> {
  return new Commands((await store.now()) + 5 * minute);
}

describe.each(fleetStoreKinds)('a sign-in and the end of all sessions on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  test('a beginning before all time orders like any other: nothing was revoked yet', async () => {
    const sessions = bench.open();
    const { userId, tokens } = await signedIn(sessions, { startedAt: 0 });
    expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({ status: 'rotated' });
    await sessions.revokeAll(userId);
    expect(await sessions.create({ userId, startedAt: 0 })).toMatchObject({ status: 'stale-sign-in' });
  });

  test('A37 that began before it is stale, whenever it arrives', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const startedAt = await sessions.now();
    bench.time.advance(5);
    await sessions.revokeAll(userId);
    const heard = listenTo(sessions);
    for (const wait of [0, minute, 300 * day]) {
      bench.time.advance(wait);
      expect(await sessions.create({ userId, startedAt })).toMatchObject({
        status: 'stale-sign-in',
        error: { code: 'stale_sign_in', status: 409 },
      });
    }
    expect(new Set(namesOf(heard))).toEqual(new Set(['sign-in.stale']));
    expect(heard[0]!.event).toEqual({ userId });
    expect((await sessions.list(userId)).data).toEqual([]);
    expect((await sessions.history(userId)).data).toHaveLength(1);
  });

  test('A37 that began in the very millisecond of it is stale, in the next one it is not', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    await sessions.revokeAll(userId);
    expect(await sessions.create({ userId, startedAt: await sessions.now() })).toMatchObject({
      status: 'stale-sign-in',
    });
    bench.time.advance(1);
    expect(await sessions.create({ userId, startedAt: await sessions.now() })).toMatchObject({ status: 'created' });
  });

  test('that claims to begin in the future passes no end that has not come yet', async () => {
    const sessions = bench.open();
    const { userId, tokens } = await signedIn(sessions, { startedAt: bench.time.now() + day });
    bench.time.advance(minute);
    await sessions.revokeAll(userId);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'revoked' });
  });

  test('that does not say when it began counts as begun after any', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    await sessions.revokeAll(userId);
    const { tokens } = await signedIn(sessions, { userId });
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({ status: 'rotated' });
  });

  test('the session that was kept passes it, again and again', async () => {
    const sessions = bench.open();
    const { userId, session, tokens } = await signedIn(sessions);
    let { refreshToken } = tokens;
    for (let turn = 0; turn < 3; turn++) {
      await sessions.revokeAll(userId, { except: session.id });
      const outcome = await sessions.refresh(refreshToken, laptop);
      expect(outcome).toMatchObject({ status: 'rotated' });
      ({ refreshToken } = (outcome as { tokens: typeof tokens }).tokens);
      bench.time.advance(minute);
      await sessions.verify((outcome as { tokens: typeof tokens }).tokens.accessToken);
      await sessions.flush();
    }
    expect(await sessions.get(session.id)).toBeDefined();
  });

  test('A37 in any order of arrival leave no session of the old password', async () => {
    const sessions = bench.open();
    for (let turn = 0; turn < 20; turn++) {
      const userId = bench.newUser();
      const startedAt = await sessions.now();
      bench.time.advance(1);
      const signIns = Array.from({ length: 4 }, () => () => sessions.create({ userId, startedAt }));
      const work: (() => Promise<unknown>)[] = [...signIns];
      work.splice(turn % 5, 0, () => sessions.revokeAll(userId));
      await Promise.all(work.map((run) => run()));
      expect((await sessions.list(userId)).data).toEqual([]);
    }
  });

  test.each(['refresh', 'verify'] as const)(
    'A37 a session that slipped out of the index when all were ended ends when it is next shown to %s',
    async (method) => {
      const sessions = bench.open();
      const { tokens, userId } = await signedIn(sessions);
      const heard = listenTo(sessions);
      bench.time.advance(minute);
      const verb = method === 'refresh' ? 'rotate' : 'touch';
      bench.store.interceptNext(verb, async (_, command) => {
        const record = await bench.store.port.find((command as { id: never }).id);
        return { status: 'outdated', record, reason: 'password_changed' };
      });
      const outcome =
        method === 'refresh'
          ? await sessions.refresh(tokens.refreshToken, laptop)
          : await sessions.verify(tokens.accessToken);
      if (method === 'refresh') expect(outcome).toMatchObject({ status: 'revoked', reason: 'password_changed' });
      await sessions.flush();
      expect(await sessions.verify(tokens.accessToken)).toMatchObject({
        status: 'revoked',
        reason: 'password_changed',
      });
      expect(heard).toMatchObject([
        { name: 'session.ended', event: { reason: 'password_changed', actor: { type: 'system' } } },
      ]);
      expect((await sessions.history(userId)).data[0]).toMatchObject({ reason: 'password_changed' });
    },
  );

  describe.each(missings)('that %s was to end and has not met', (_, reason, pass) => {
    const ended = { status: 'revoked', reason };
    const gone = [{ name: 'session.ended', event: { reason, actor: { type: 'system' } } }];

    test('A37 ends when its spent token is presented once more', async () => {
      const sessions = bench.open();
      const { userId, tokens } = await signedIn(sessions);
      const next = await renewed(sessions, tokens.refreshToken);
      await pass(bench, userId);
      bench.time.advance(1);
      const heard = listenTo(sessions);
      const calls = await bench.store.callsDuring(async () => {
        expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject(ended);
      });
      expect(calls).toEqual(['rotate', 'repeat', 'revoke']);
      expect(heard).toMatchObject(gone);
      for (const { accessToken } of [tokens, next]) expect(await sessions.verify(accessToken)).toMatchObject(ended);
      expect((await sessions.history(userId)).data[0]).toMatchObject({ event: 'session_revoked', reason });
    });

    test('A37 ends instead of being given other tokens', async () => {
      const sessions = bench.open();
      const { userId, session, tokens } = await signedIn(sessions);
      await pass(bench, userId);
      bench.time.advance(1);
      const heard = listenTo(sessions);
      const calls = await bench.store.callsDuring(async () => {
        expect(await sessions.reissue(session.id, { methods: ['otp'] })).toEqual({ status: 'not-found' });
      });
      expect(calls).toEqual(['find', 'rekey', 'revoke']);
      expect(heard).toMatchObject(gone);
      expect(await sessions.verify(tokens.accessToken)).toMatchObject(ended);
      expect((await sessions.history(userId)).data[0]).toMatchObject({ event: 'session_revoked', reason });
    });

    test.each(['refresh', 'reissue'] as const)(
      'where it cannot be ended now, no %s hands out tokens',
      async (name) => {
        const sessions = bench.open();
        const { userId, session, tokens } = await signedIn(sessions);
        await renewed(sessions, tokens.refreshToken);
        await pass(bench, userId);
        const attempt = (): Promise<{ readonly status: string }> =>
          name === 'refresh' ? sessions.refresh(tokens.refreshToken, laptop) : sessions.reissue(session.id);
        bench.store.failNext('revoke');
        expect(await rejectionOf(attempt())).toMatchObject({ code: 'store_unavailable' });
        expect(await attempt()).toMatchObject({ status: name === 'refresh' ? 'revoked' : 'not-found' });
        expect(await sessions.verify(tokens.accessToken)).toMatchObject(ended);
      },
    );
  });
});
