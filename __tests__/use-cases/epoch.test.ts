import { laptop, listenTo, namesOf, SessionBench, signedIn } from '../fixtures/session-bench';
import { day, minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('a sign-in and the end of all sessions on $name', (kind) => {
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
});
