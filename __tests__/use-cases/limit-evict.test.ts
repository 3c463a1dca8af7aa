import type { SessionView } from '../../lib/domain/session-view';
import { devicesOf, idsOf } from '../fixtures/devices';
import { laptop, listenTo, phone, SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('a limit that evicts, on $name', (kind) => {
  let bench: SessionBench;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());
  const pause = (): void => bench.time.advance(2 * minute);
  const second = (): void => bench.time.advance(1_000);

  test('A39 A41 ends the session that began first, tells it what took its place, and leaves a trace', async () => {
    const sessions = bench.open({ limit: { max: 2, onExceeded: 'evict-oldest' } });
    const userId = bench.newUser();
    const [first, second] = await devicesOf(sessions, 2, { userId }, pause);
    await sessions.verify(first!.tokens.accessToken);
    await sessions.flush();
    const heard = listenTo(sessions);
    const third = await signedIn(sessions, { userId, client: phone });

    expect(await idsOf(sessions, userId)).toEqual([second!.session.id, third.session.id].sort());
    const refused = await sessions.verify(first!.tokens.accessToken);
    expect(refused).toMatchObject({
      status: 'revoked',
      reason: 'evicted',
      replacedBy: { browser: 'Mobile Safari', os: 'iOS', type: 'phone' },
      error: { code: 'session_revoked', reason: 'evicted' },
    });
    expect((refused as { error: { extensions: unknown } }).error.extensions).toMatchObject({
      replacedBy: { type: 'phone' },
    });
    expect(await sessions.refresh(first!.tokens.refreshToken)).toMatchObject({
      status: 'revoked',
      reason: 'evicted',
      replacedBy: { type: 'phone' },
    });
    expect(heard).toContainEqual({
      name: 'session.ended',
      event: {
        session: expect.objectContaining({ id: first!.session.id, reason: 'evicted' }) as SessionView,
        reason: 'evicted',
        durable: true,
        actor: { type: 'system' },
      },
    });
    expect((await sessions.history(userId)).data).toContainEqual(
      expect.objectContaining({
        event: 'session_evicted',
        reason: 'evicted',
        sessionId: first!.session.id,
        actor: { type: 'system' },
      }),
    );
    const { data } = await sessions.list(userId, { include: 'ended' });
    expect(data.find(({ id }) => id === first!.session.id)).toMatchObject({ replacedBy: { type: 'phone' } });
  });

  test('ends the session that was not used for longest', async () => {
    const sessions = bench.open({ limit: { max: 2, onExceeded: 'evict-least-recent' } });
    const userId = bench.newUser();
    const [first, second] = await devicesOf(sessions, 2, { userId }, pause);
    await sessions.verify(first!.tokens.accessToken);
    await sessions.flush();
    const third = await signedIn(sessions, { userId });
    expect(third.session.id).not.toBe(second!.session.id);
    expect(await idsOf(sessions, userId)).toEqual([first!.session.id, third.session.id].sort());
  });

  test('asks a function which, only when one has to go; what it leaves out goes oldest first', async () => {
    const asked: unknown[] = [];
    const prefer = (all: readonly SessionView[], reached: unknown): string[] => {
      asked.push(reached);
      return all.filter(({ device }) => device.type === 'phone').map(({ id }) => id);
    };
    const sessions = bench.open({ limit: { max: 3, onExceeded: prefer } });
    const userId = bench.newUser();
    const [first] = await devicesOf(sessions, 1, { userId }, pause);
    const [onPhone, last] = [
      await signedIn(sessions, { userId, client: phone }),
      await signedIn(sessions, { userId }),
    ];
    expect(asked).toEqual([]);
    const calls = await bench.store.callsDuring(async () => {
      expect(await sessions.create({ userId })).toMatchObject({ ended: [{ id: onPhone.session.id }] });
    });
    expect(calls).toEqual(['create', 'create']);
    expect(asked).toEqual([{ userId, per: 'user', max: 3 }]);
    expect(await sessions.create({ userId })).toMatchObject({ ended: [{ id: first!.session.id }] });
    expect(await idsOf(sessions, userId)).toContain(last.session.id);
  });

  test.each(['evict-oldest', 'evict-least-recent', () => []] as const)(
    'A40 B21 of 200 at once at a limit of 3, exactly 3 remain, by %s',
    async (onExceeded) => {
      const nodes = [1, 2, 3, 4].map(() => bench.open({ limit: { max: 3, onExceeded } }));
      const userId = bench.newUser();
      const outcomes = await Promise.all(
        Array.from({ length: 200 }, (_, index) => nodes[index % 4]!.create({ userId, client: laptop })),
      );
      expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['created']));
      expect(await idsOf(nodes[0]!, userId)).toHaveLength(3);
    },
  );

  test('one word keeps a single session', async () => {
    const sessions = bench.open({ singleSession: true });
    const first = await signedIn(sessions);
    const second = await signedIn(sessions, { userId: first.userId });
    expect(await idsOf(sessions, first.userId)).toEqual([second.session.id]);
    expect(await sessions.verify(first.tokens.accessToken)).toMatchObject({ reason: 'evicted' });
  });

  test('a limit that was lowered acts at the next sign-in', async () => {
    const userId = bench.newUser();
    await devicesOf(bench.open({ limit: { max: 5 } }), 5, { userId }, pause);
    const sessions = bench.open({ limit: { max: 2, onExceeded: 'evict-oldest' } });
    const outcome = await sessions.create({ userId });
    expect(outcome).toMatchObject({ status: 'created', ended: { length: 4 } });
    expect(await idsOf(sessions, userId)).toHaveLength(2);
  });

  test('A61 of more than leave a trace each, all are told: the last by name, the others by their number', async () => {
    const userId = bench.newUser();
    await devicesOf(bench.open(), 24, { userId }, second);
    const sessions = bench.open({ limit: { max: 2, onExceeded: 'evict-oldest' } });
    const heard = listenTo(sessions);
    expect(await sessions.create({ userId })).toMatchObject({ status: 'created', ended: { length: 20 } });
    expect(heard.filter(({ name }) => name === 'session.ended')).toHaveLength(20);
    expect(heard).toContainEqual({
      name: 'sessions.ended',
      event: { userId, count: 3, reason: 'evicted', actor: { type: 'system' }, durable: true },
    });
    expect(heard).toContainEqual({
      name: 'login.concurrent',
      event: { session: expect.anything() as unknown, others: 24 },
    });
    const { data } = await sessions.history(userId, { limit: 100 });
    const evicted = data.filter(({ event }) => event === 'session_evicted');
    expect(evicted).toHaveLength(21);
    expect(evicted.at(-1)).toMatchObject({ sessionId: null, count: 3, reason: 'evicted' });
  });

  test('a function may choose any session that an exceeded limit counts, however many there are', async () => {
    const userId = bench.newUser();
    const before = bench.open();
    const [oldest] = await devicesOf(before, 1, { userId, client: phone }, second);
    await devicesOf(before, 110, { userId }, second);
    const prefer = (all: readonly SessionView[]): string[] =>
      all.filter(({ device }) => device.type === 'phone').map(({ id }) => id);
    const limit = { max: 111, perDeviceType: { desktop: 110 }, onExceeded: prefer };
    const outcome = await bench.open({ limit }).create({ userId, client: laptop });
    expect(outcome).toMatchObject({ status: 'created', ended: { length: 1 } });
    expect(await before.get(oldest!.session.id)).toBeDefined();
    await before.limits.set(userId, 111);
    const next = await bench.open({ limit: { ...limit, perDeviceType: {} } }).create({ userId, client: laptop });
    expect(next).toMatchObject({ status: 'created', ended: [{ id: oldest!.session.id }] });
  });

  test('what a narrower limit needs is taken first, and counts for the wider one', async () => {
    const userId = bench.newUser();
    const before = bench.open();
    await devicesOf(before, 1, { userId, applicationId: 'web' }, pause);
    const [ios] = await devicesOf(before, 1, { userId, applicationId: 'ios' }, pause);
    const sessions = bench.open({ limit: { max: 2, perApplication: { ios: 1 }, onExceeded: 'evict-oldest' } });
    const outcome = await sessions.create({ userId, applicationId: 'ios' });
    expect(outcome).toMatchObject({ status: 'created', ended: [{ id: ios!.session.id }] });
    expect(outcome).toMatchObject({ ended: { length: 1 } });
  });
});
