import { devicesOf, idsOf, stopped } from '../fixtures/devices';
import { laptop, listenTo, phone, SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('a sign-in that goes on after the limit, on $name', (kind) => {
  let bench: SessionBench;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());

  test('requirement 24: ends the session chosen and signs in, in one step', async () => {
    const sessions = bench.open({ limit: { max: 2 } });
    const userId = bench.newUser();
    const [first, second] = await devicesOf(sessions, 2, { userId });
    const { resolutionToken } = await stopped(sessions, { userId, client: phone });
    const heard = listenTo(sessions);
    const calls = await bench.store.callsDuring(async () => {
      const outcome = await sessions.resolveLimit(resolutionToken, first!.session.id);
      expect(outcome).toMatchObject({
        status: 'created',
        session: { userId, device: { type: 'phone' }, current: true },
        ended: [{ id: first!.session.id, reason: 'evicted', replacedBy: { type: 'phone' } }],
      });
      expect(await idsOf(sessions, userId)).toEqual(
        [second!.session.id, (outcome as { session: { id: string } }).session.id].sort(),
      );
    });
    expect(calls).toEqual(['findOneTime', 'create', 'list']);
    expect(heard).toContainEqual(
      expect.objectContaining({
        name: 'session.ended',
        event: expect.objectContaining({ actor: { type: 'user' }, reason: 'evicted' }) as unknown,
      }),
    );
    expect(await sessions.verify(first!.tokens.accessToken)).toMatchObject({
      reason: 'evicted',
      replacedBy: { type: 'phone' },
    });
  });

  test('goes on as the sign-in that was stopped: remembered, scoped, dated, with its data and what it carries', async () => {
    const sessions = bench.open({ limit: { max: 1 } });
    const { userId, session } = await signedIn(sessions);
    const startedAt = await sessions.now();
    bench.time.advance(2_000);
    const given = {
      userId,
      startedAt,
      client: phone,
      applicationId: 'ios',
      remember: true,
      scope: ['orders'],
      methods: ['pwd', 'otp'],
      data: { plan: 'gold', none: [], big: 2 ** 53 - 1 },
      lifetimes: { absolute: '10d' },
      carry: 'from the page',
    } as const;
    const { resolutionToken } = await stopped(sessions, given);
    const stoppedAt = bench.time.now();
    bench.time.advance(minute);
    const outcome = await sessions.resolveLimit(resolutionToken, session.id);
    expect(outcome).toMatchObject({
      status: 'created',
      carry: 'from the page',
      session: {
        applicationId: 'ios',
        remember: true,
        scope: ['orders'],
        methods: ['pwd', 'otp'],
        data: given.data,
        authenticatedAt: new Date(stoppedAt).toISOString(),
        createdAt: new Date(bench.time.now()).toISOString(),
      },
    });
    const { deadlines } = (outcome as { session: typeof session }).session;
    expect(Date.parse(deadlines.absolute)).toBe(bench.time.now() + 10 * 24 * 60 * minute);
  });

  test('A7 a token serves once, for five minutes, and for nothing else', async () => {
    const sessions = bench.open({ limit: { max: 1 } });
    const { userId, session } = await signedIn(sessions);
    const { resolutionToken } = await stopped(sessions, { userId });
    const late = await stopped(sessions, { userId });
    const next = await sessions.resolveLimit(resolutionToken, session.id);
    expect(next.status).toBe('created');
    const { id } = (next as { session: { id: string } }).session;
    const invalid = { status: 'invalid', error: { code: 'token_invalid' } };
    expect(await sessions.resolveLimit(resolutionToken, id)).toMatchObject(invalid);
    for (const wrong of ['', 'sot_', resolutionToken.slice(0, -1), late.resolutionToken.replace('sot_', 'sat_')]) {
      expect(await sessions.resolveLimit(wrong, id)).toMatchObject(invalid);
    }
    expect(await sessions.verify(late.resolutionToken)).toMatchObject({ status: 'invalid' });
    expect(await sessions.refresh(late.resolutionToken)).toMatchObject({ status: 'invalid' });
    bench.time.advance(5 * minute);
    expect(await sessions.resolveLimit(late.resolutionToken, id)).toMatchObject(invalid);
    expect(await idsOf(sessions, userId)).toEqual([id]);
  });

  test('A7 50 at once with one token: one gets in', async () => {
    const nodes = [1, 2].map(() => bench.open({ limit: { max: 1 } }));
    const { userId, session } = await signedIn(nodes[0]!);
    const { resolutionToken } = await stopped(nodes[0]!, { userId });
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) => nodes[index % 2]!.resolveLimit(resolutionToken, session.id)),
    );
    expect(outcomes.filter(({ status }) => status === 'created')).toHaveLength(1);
    expect(outcomes.filter(({ status }) => status === 'invalid')).toHaveLength(49);
    expect(await idsOf(nodes[0]!, userId)).toHaveLength(1);
  });

  test('two who name the same session: the second chooses again, with the same token', async () => {
    const sessions = bench.open({ limit: { max: 2 } });
    const userId = bench.newUser();
    const [first, second] = await devicesOf(sessions, 2, { userId });
    const [one, other] = [await stopped(sessions, { userId }), await stopped(sessions, { userId })];
    expect(await sessions.resolveLimit(one.resolutionToken, first!.session.id)).toMatchObject({
      status: 'created',
    });
    const again = await sessions.resolveLimit(other.resolutionToken, first!.session.id);
    expect(again).toMatchObject({ status: 'limit-reached', limit: 2, resolutionToken: other.resolutionToken });
    expect((again as typeof other).sessions.map(({ id }) => id)).not.toContain(first!.session.id);
    expect((again as typeof other).resolutionExpiresAt).toBe(other.resolutionExpiresAt);
    expect(await sessions.resolveLimit(other.resolutionToken, second!.session.id)).toMatchObject({
      status: 'created',
    });
    expect(await idsOf(sessions, userId)).toHaveLength(2);
  });

  test('where the session chosen has ended already and there is room, signs in', async () => {
    const sessions = bench.open({ limit: { max: 1 } });
    const { userId, session } = await signedIn(sessions);
    const { resolutionToken } = await stopped(sessions, { userId });
    await sessions.revoke(session.id);
    expect(await sessions.resolveLimit(resolutionToken, session.id)).toMatchObject({
      status: 'created',
      ended: [],
    });
  });

  test('a session of nobody, or of another user, ends nothing and uses up nothing', async () => {
    const sessions = bench.open({ limit: { max: 1 } });
    const { userId, session } = await signedIn(sessions);
    const stranger = await signedIn(sessions);
    const { resolutionToken } = await stopped(sessions, { userId });
    const unknown = '3b241101-e2bb-4255-8caf-4136c566a962';
    for (const id of [stranger.session.id, unknown, 'no id', '']) {
      expect(await sessions.resolveLimit(resolutionToken, id)).toMatchObject({
        status: 'not-found',
        error: { code: 'not_found' },
      });
    }
    expect(await sessions.verify(stranger.tokens.accessToken)).toMatchObject({ status: 'active' });
    expect(await sessions.resolveLimit(resolutionToken, session.id)).toMatchObject({ status: 'created' });
  });

  test('A37 a password changed meanwhile stops it, with a beginning given and without', async () => {
    for (const isDated of [true, false]) {
      const sessions = bench.open({ limit: { max: 1 } });
      const { userId, session } = await signedIn(sessions);
      const { resolutionToken } = await stopped(sessions, {
        userId,
        ...(isDated && { startedAt: await sessions.now() }),
      });
      bench.time.advance(1);
      await sessions.revokeAll(userId, { reason: 'password_changed' });
      bench.time.advance(1);
      expect(await sessions.resolveLimit(resolutionToken, session.id)).toMatchObject({ status: 'stale-sign-in' });
      expect(await idsOf(sessions, userId)).toEqual([]);
    }
  });

  test('a limit lowered meanwhile asks for one session after the other, with one token', async () => {
    const userId = bench.newUser();
    const devices = await devicesOf(bench.open(), 3, { userId });
    const sessions = bench.open({ limit: { max: 2 } });
    const { resolutionToken } = await stopped(sessions, { userId });
    const heard = listenTo(sessions);
    const again = await sessions.resolveLimit(resolutionToken, devices[0]!.session.id);
    expect(again).toMatchObject({ status: 'limit-reached', resolutionToken, sessions: { length: 2 } });
    expect(heard[0]).toMatchObject({ name: 'session.ended', event: { session: { id: devices[0]!.session.id } } });
    expect(await sessions.resolveLimit(resolutionToken, devices[1]!.session.id)).toMatchObject({
      status: 'created',
    });
  });

  test('what the caller refuses when it learns what was carried changes nothing', async () => {
    const sessions = bench.open({ limit: { max: 1 } });
    const { userId, session } = await signedIn(sessions);
    const { resolutionToken } = await stopped(sessions, { userId, carry: 'cookie' });
    const refused = new Error('from another site');
    const resume = (carry: string | undefined): never => {
      expect(carry).toBe('cookie');
      throw refused;
    };
    await expect(sessions.resolveLimit(resolutionToken, session.id, { resume })).rejects.toBe(refused);
    expect(await sessions.resolveLimit(resolutionToken, session.id)).toMatchObject({ status: 'created' });
  });

  test('a reply that is lost leaves one session at most, and the limit holds', async () => {
    const sessions = bench.open({ limit: { max: 1 } });
    const { userId, session } = await signedIn(sessions);
    const client = { ...laptop, deviceId: 'mine' };
    const { resolutionToken } = await stopped(sessions, { userId, client });
    bench.store.loseReply('create');
    await expect(sessions.resolveLimit(resolutionToken, session.id)).rejects.toMatchObject({
      code: 'store_unavailable',
    });
    expect(await sessions.resolveLimit(resolutionToken, session.id)).toMatchObject({ status: 'invalid' });
    expect(await idsOf(sessions, userId)).toHaveLength(1);
    // the same device signs in anew and takes the place of the one whose tokens were lost
    await signedIn(sessions, { userId, client });
    expect(await idsOf(sessions, userId)).toHaveLength(1);
  });
});
