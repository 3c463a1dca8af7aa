import type { LimitOptions } from '../../lib/options/limits';
import { rejectionOf } from '../fixtures/refusal-of';
import { devicesOf, idsOf, stopped } from '../fixtures/devices';
import { listenTo, SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('functions that decide about limits, on $name', (kind) => {
  let bench: SessionBench;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());

  test('a user’s own limit counts in place of the global one, or the stricter of both', async () => {
    const forUser = (userId: string): number | null => (userId.endsWith('-plus') ? 3 : null);
    const byUser = bench.open({ limit: { max: 1, forUser } });
    const plus = `${bench.newUser()}-plus`;
    await devicesOf(byUser, 3, { userId: plus });
    expect(await stopped(byUser, { userId: plus })).toMatchObject({ limit: 3 });
    const { userId } = await signedIn(byUser);
    expect(await stopped(byUser, { userId })).toMatchObject({ limit: 1 });
    const strict = bench.open({ limit: { max: 1, forUser, precedence: 'strictest' } });
    expect(await stopped(strict, { userId: plus })).toMatchObject({ limit: 1 });
  });

  const broken: Record<string, LimitOptions['forUser']> = {
    throws: () => {
      throw new Error('the database is away');
    },
    rejects: () => Promise.reject(new Error('the database is away')),
    'gives 0': () => 0,
    'gives -1': () => -1,
    'gives 1.5': () => 1.5,
    'gives NaN': () => NaN,
    'gives Infinity': () => Infinity,
    'gives nothing': () => undefined as unknown as null,
    'gives text': () => '3' as unknown as number,
  };

  test.each(Object.keys(broken))('fails closed where forUser %s, and tells of it', async (how) => {
    const sessions = bench.open({ limit: { max: 9, forUser: broken[how] } });
    const userId = bench.newUser();
    const heard = listenTo(sessions);
    expect(await rejectionOf(sessions.create({ userId }))).toMatchObject({ code: 'hook_failed', status: 503 });
    expect(heard).toMatchObject([{ name: 'hook.failed', event: { hook: 'limit.forUser', userId } }]);
    expect(await idsOf(sessions, userId)).toEqual([]);
  });

  test('fails closed where a function does not say which session ends', async () => {
    const userId = bench.newUser();
    const answers = [() => Promise.reject(new Error('no')), () => 'all' as unknown as string[], () => [7] as never];
    for (const onExceeded of answers) {
      const sessions = bench.open({ limit: { max: 1, onExceeded } });
      if ((await idsOf(sessions, userId)).length === 0) await signedIn(sessions, { userId });
      const heard = listenTo(sessions);
      expect(await rejectionOf(sessions.create({ userId }))).toMatchObject({ code: 'hook_failed' });
      expect(heard).toMatchObject([{ name: 'hook.failed', event: { hook: 'limit.onExceeded' } }]);
      expect(await idsOf(sessions, userId)).toHaveLength(1);
    }
  });

  test('ids of other users, or of none, end nobody', async () => {
    const stranger = await signedIn(bench.open());
    const onExceeded = (): string[] => [stranger.session.id, 'no id', '__proto__'];
    const sessions = bench.open({ limit: { max: 1, onExceeded } });
    const first = await signedIn(sessions);
    expect(await sessions.create({ userId: first.userId })).toMatchObject({ ended: [{ id: first.session.id }] });
    expect(await sessions.verify(stranger.tokens.accessToken)).toMatchObject({ status: 'active' });
  });
});

test('B29 a function that never answers holds a sign-in no longer than the store’s deadline', async () => {
  const bench = new SessionBench(storeKinds[0]!);
  const never = (): Promise<number> => new Promise(() => undefined);
  const sessions = bench.open({ limit: { forUser: never } });
  const heard = listenTo(sessions);
  expect(await rejectionOf(sessions.create({ userId: 'anyone' }))).toMatchObject({ code: 'hook_failed' });
  expect(heard).toMatchObject([{ name: 'hook.failed', event: { error: { message: 'no answer within 1000 ms' } } }]);
  await bench.close();
});
