import { rejectionOf } from '../fixtures/refusal-of';
import { listenTo, namesOf, SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('a change to all sessions of a user on $name', (kind) => {
  let bench: SessionBench;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());

  test('reaches every live session and nobody else’s, each keeping its own data', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const first = await signedIn(sessions, { userId, data: { mine: 1 } });
    const second = await signedIn(sessions, { userId });
    const ended = await signedIn(sessions, { userId });
    const stranger = await signedIn(sessions);
    await sessions.revoke(ended.session.id);
    const heard = listenTo(sessions);
    expect(await sessions.updateAll(userId, { data: { role: 'admin' } })).toEqual({ status: 'updated', count: 2 });
    expect(namesOf(heard)).toEqual(['session.updated', 'session.updated']);
    expect((await sessions.get(first.session.id))!.data).toEqual({ mine: 1, role: 'admin' });
    expect((await sessions.get(second.session.id))!.data).toEqual({ role: 'admin' });
    expect((await sessions.get(stranger.session.id))!.data).toEqual({});
  });

  test('reaches more sessions than fit on a page, each once', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    await Promise.all(Array.from({ length: 130 }, () => signedIn(sessions, { userId })));
    const heard = listenTo(sessions);
    expect(await sessions.updateAll(userId, { trusted: true })).toEqual({ status: 'updated', count: 130 });
    expect(heard).toHaveLength(130);
  });

  test('by two at once to different keys both survive', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const made = await Promise.all(Array.from({ length: 4 }, () => signedIn(sessions, { userId })));
    await Promise.all([
      sessions.updateAll(userId, { data: { a: 1 } }),
      sessions.updateAll(userId, { data: { b: 2 } }),
    ]);
    for (const { session } of made) expect((await sessions.get(session.id))!.data).toEqual({ a: 1, b: 2 });
  });

  test('counts no session that ends meanwhile', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const made = [await signedIn(sessions, { userId }), await signedIn(sessions, { userId })];
    bench.store.interceptNext('amend', async (proceed) => {
      await Promise.all(made.map(({ session }) => sessions.revoke(session.id)));
      return proceed();
    });
    expect(await sessions.updateAll(userId, { trusted: true })).toEqual({ status: 'updated', count: 0 });
  });

  test('of a user without sessions changes none, and is still checked', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    expect(await sessions.updateAll(userId, { trusted: true })).toEqual({ status: 'updated', count: 0 });
    expect((await rejectionOf(sessions.updateAll(userId, { user: 'x' } as never))).message).toContain(
      'change.user',
    );
    expect(await rejectionOf(sessions.updateAll('', { trusted: true }))).toMatchObject({ field: 'userId' });
  });
});
