import type { SessionView } from '../../lib/domain/session-view';
import { devicesOf, idsOf, stopped } from '../fixtures/devices';
import { rejectionOf } from '../fixtures/refusal-of';
import { listenTo, phone, SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('limits of single users, on $name', (kind) => {
  let bench: SessionBench;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());
  const pause = (): void => bench.time.advance(minute);

  test('one that was set counts on every node, before what the app says and the global one', async () => {
    const sessions = bench.open({ limit: { max: 1, forUser: () => 4 } });
    const other = bench.open({ limit: { max: 1 } });
    const userId = bench.newUser();
    const heard = listenTo(sessions);
    await sessions.limits.set(userId, 2, { actor: { type: 'admin', id: 'support-7' } });
    expect(await other.limits.get(userId)).toBe(2);
    await devicesOf(sessions, 2, { userId });
    expect(await stopped(other, { userId })).toMatchObject({ limit: 2 });
    expect(await stopped(bench.open(), { userId })).toMatchObject({ limit: 2 });
    expect(heard[0]).toEqual({
      name: 'limit.changed',
      event: { userId, limit: 2, actor: { type: 'admin', id: 'support-7' } },
    });
    expect((await sessions.history(userId)).data.at(-2)).toMatchObject({ event: 'session_created' });
    expect((await sessions.history(userId)).data.at(-1)).toMatchObject({
      event: 'session_limit_changed',
      count: 2,
      actor: { type: 'admin', id: 'support-7' },
    });
  });

  test('null takes it away', async () => {
    const sessions = bench.open({ limit: { max: 1 } });
    const userId = bench.newUser();
    await sessions.limits.set(userId, 2);
    await sessions.limits.set(userId, null);
    expect(await sessions.limits.get(userId)).toBeNull();
    await signedIn(sessions, { userId });
    expect(await stopped(sessions, { userId })).toMatchObject({ limit: 1 });
  });

  test.each([0, -1, 1.5, NaN, Infinity, '2', undefined])('a limit of %p is refused', async (limit) => {
    const sessions = bench.open();
    const userId = bench.newUser();
    expect(await rejectionOf(sessions.limits.set(userId, limit as number))).toMatchObject({
      code: 'request_invalid',
      field: 'limit',
    });
    expect(await sessions.limits.get(userId)).toBeNull();
  });

  test('trim makes a lowered limit act at once, on all that are configured', async () => {
    const userId = bench.newUser();
    const before = bench.open();
    const [first] = await devicesOf(before, 1, { userId, client: phone }, pause);
    const [second, third] = await devicesOf(before, 2, { userId, client: phone, applicationId: 'ios' }, pause);
    const desktops = await devicesOf(before, 3, { userId }, pause);
    const sessions = bench.open({ limit: { max: 3, perDeviceType: { phone: 2 } } });
    const heard = listenTo(sessions);
    const calls = await bench.store.callsDuring(async () => {
      expect(await sessions.limits.trim(userId)).toEqual({ status: 'ended', count: 3, durable: true });
    });
    expect(calls).toEqual(['trim']);
    expect(await idsOf(sessions, userId)).toEqual(
      [desktops[0]!, desktops[1]!, desktops[2]!].map(({ session }) => session.id).sort(),
    );
    for (const ended of [first, second, third]) {
      expect(await sessions.verify(ended!.tokens.accessToken)).toMatchObject({
        status: 'revoked',
        reason: 'evicted',
      });
    }
    expect(heard).toEqual([
      {
        name: 'sessions.ended',
        event: { userId, count: 3, reason: 'evicted', actor: { type: 'system' }, durable: true },
      },
    ]);
    expect(await sessions.limits.trim(userId)).toEqual({ status: 'ended', count: 0, durable: true });
  });

  test('trim asks the function which sessions end, about all of them', async () => {
    const userId = bench.newUser();
    const devices = await devicesOf(bench.open(), 4, { userId }, pause);
    const newest = devices.at(-1)!.session.id;
    const sessions = bench.open({ limit: { max: 3, onExceeded: (all) => (all.length === 4 ? [newest] : []) } });
    expect(await sessions.limits.trim(userId)).toEqual({ status: 'ended', count: 1, durable: true });
    expect(await idsOf(sessions, userId)).not.toContain(newest);
  });

  test('trim asks the function only where a limit is exceeded, and tells it which: the narrowest', async () => {
    const userId = bench.newUser();
    const asked: unknown[] = [];
    const onExceeded = (all: readonly SessionView[], reached: unknown): string[] => {
      asked.push([all.length, reached]);
      return [];
    };
    const sessions = bench.open({ limit: { max: 3, perDeviceType: { phone: 1 }, onExceeded } });
    await devicesOf(bench.open(), 3, { userId }, pause);
    expect(await sessions.limits.trim(userId)).toEqual({ status: 'ended', count: 0, durable: true });
    expect(asked).toEqual([]);
    await devicesOf(bench.open(), 2, { userId, client: phone }, pause);
    expect(await sessions.limits.trim(userId)).toEqual({ status: 'ended', count: 2, durable: true });
    await sessions.limits.set(userId, 2);
    expect(await sessions.limits.trim(userId)).toEqual({ status: 'ended', count: 1, durable: true });
    expect(asked).toEqual([
      [5, { userId, per: 'device-type', max: 1 }],
      [3, { userId, per: 'user', max: 2 }],
    ]);
  });

  test('two trims and sign-ins at once leave exactly what is allowed', async () => {
    const userId = bench.newUser();
    await devicesOf(bench.open(), 20, { userId });
    const sessions = bench.open({ limit: { max: 3, onExceeded: 'evict-oldest' } });
    await Promise.all([
      sessions.limits.trim(userId),
      ...Array.from({ length: 10 }, () => signedIn(sessions, { userId })),
      sessions.limits.trim(userId),
    ]);
    expect(await idsOf(sessions, userId)).toHaveLength(3);
  });
});
