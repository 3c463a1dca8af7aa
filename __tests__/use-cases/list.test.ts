import type { SessionView } from '../../lib/domain/session-view';
import type { SessionManager } from '../../lib/session-manager';
import type { ListOptions } from '../../lib/use-cases/inputs';
import { laptop, phone, renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

async function allPages(sessions: SessionManager, userId: string, options: ListOptions): Promise<SessionView[][]> {
  const pages: SessionView[][] = [];
  let cursor: string | null = null;
  do {
    const page = await sessions.list(userId, cursor === null ? options : { ...options, cursor });
    pages.push([...page.data]);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return pages;
}

const idsOf = (views: readonly { id: string }[]): string[] => views.map(({ id }) => id);

describe.each(storeKinds)('the list of a user’s sessions on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  test('A72 shows each live session once, the most recently seen first, and nobody else’s', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const first = await signedIn(sessions, { userId });
    bench.time.advance(1_000);
    const second = await signedIn(sessions, { userId, client: phone });
    bench.time.advance(minute);
    await sessions.verify(first.tokens.accessToken, laptop);
    await sessions.flush();
    await signedIn(sessions);
    const { data, nextCursor } = await sessions.list(userId);
    expect(idsOf(data)).toEqual([first.session.id, second.session.id]);
    expect(data[1]).toEqual({ ...second.session, current: false });
    expect(nextCursor).toBeNull();
  });

  test('shows the later of two that were seen last at the same time first', async () => {
    const sessions = bench.open({ lifetimes: { idle: '1h' } });
    const userId = bench.newUser();
    const older = await signedIn(sessions, { userId });
    bench.time.advance(minute);
    const newer = await signedIn(sessions, { userId });
    await renewed(sessions, older.tokens.refreshToken);
    expect(idsOf((await sessions.list(userId)).data)).toEqual([newer.session.id, older.session.id]);
  });

  test('of a user nobody knows is empty', async () => {
    expect(await bench.open().list(bench.newUser())).toEqual({ data: [], nextCursor: null });
  });

  test('A22 leaves out what ended and what ran out', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const ended = await signedIn(sessions, { userId });
    await signedIn(sessions, { userId, lifetimes: { absolute: '1m' } });
    const live = await signedIn(sessions, { userId });
    await sessions.revoke(ended.session.id);
    bench.time.advance(minute);
    expect(idsOf((await sessions.list(userId)).data)).toEqual([live.session.id]);
  });

  test('include: ended adds what ran out and what was ended, with when and why', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const ended = await signedIn(sessions, { userId, data: { a: 1 } });
    const expired = await signedIn(sessions, { userId, lifetimes: { absolute: '1m' } });
    const live = await signedIn(sessions, { userId });
    await sessions.revoke(ended.session.id, { reason: 'risk' });
    const endedAt = new Date(bench.time.now()).toISOString();
    bench.time.advance(minute);
    const { data, nextCursor } = await sessions.list(userId, { include: 'ended' });
    expect(nextCursor).toBeNull();
    expect(data).toEqual([
      { ...live.session, current: false },
      {
        ...expired.session,
        current: false,
        endedAt: new Date(bench.time.now()).toISOString(),
        reason: 'expired',
      },
      { ...ended.session, current: false, data: {}, endedAt, reason: 'risk' },
    ]);
  });

  test('comes in pages that show each session once', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const ids = [];
    for (let count = 0; count < 7; count++) {
      ids.push((await signedIn(sessions, { userId })).session.id);
      if (count % 2 === 0) bench.time.advance(1);
    }
    for (const limit of [1, 2, 3, 7, 100]) {
      const pages = await allPages(sessions, userId, { limit });
      expect(pages.every((page) => page.length <= limit)).toBe(true);
      expect(idsOf(pages.flat()).sort()).toEqual([...ids].sort());
    }
  });

  test('goes on page by page from the live through the expired to the ended ones', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const made: string[] = [];
    for (let count = 0; count < 9; count++) {
      const lifetimes = count % 3 === 0 ? { lifetimes: { absolute: '1m' } as const } : {};
      const { session } = await signedIn(sessions, { userId, ...lifetimes });
      if (count % 3 === 1) await sessions.revoke(session.id);
      made.push(session.id);
    }
    bench.time.advance(minute);
    for (const limit of [1, 2, 4, 5, 9, 20]) {
      const views = (await allPages(sessions, userId, { limit, include: 'ended' })).flat();
      expect(views.map(({ reason }) => reason ?? 'live')).toEqual([
        ...['live', 'live', 'live'],
        ...['expired', 'expired', 'expired'],
        ...['revoked', 'revoked', 'revoked'],
      ]);
      expect(idsOf(views).sort()).toEqual([...made].sort());
    }
  });

  test('misses no session that lives throughout while others are renewed between two pages', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const made = [];
    for (let count = 0; count < 6; count++) {
      made.push(await signedIn(sessions, { userId }));
      bench.time.advance(1_000);
    }
    const first = await sessions.list(userId, { limit: 2 });
    for (const { tokens } of made.slice(1, 4)) await renewed(sessions, tokens.refreshToken);
    const rest = [];
    let cursor = first.nextCursor;
    while (cursor !== null) {
      const page = await sessions.list(userId, { limit: 2, cursor });
      rest.push(...page.data);
      cursor = page.nextCursor;
    }
    const seen = new Set(idsOf([...first.data, ...rest]));
    expect(made.filter(({ session }) => !seen.has(session.id))).toEqual([]);
  });

  test('of one application leaves out the others, on every page and of the ended ones too', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const ids = { web: [] as string[], ios: [] as string[] };
    for (let count = 0; count < 8; count++) {
      const applicationId = count % 2 === 0 ? 'web' : 'ios';
      const { session } = await signedIn(sessions, { userId, applicationId });
      if (count > 5) await sessions.revoke(session.id);
      ids[applicationId].push(session.id);
    }
    for (const applicationId of ['web', 'ios'] as const) {
      const pages = await allPages(sessions, userId, { limit: 2, include: 'ended', applicationId });
      expect(idsOf(pages.flat()).sort()).toEqual(ids[applicationId].sort());
    }
    expect((await sessions.list(userId, { applicationId: 'tv' })).data).toEqual([]);
  });

  test('of 50 takes one round trip', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    await Promise.all(Array.from({ length: 50 }, () => signedIn(sessions, { userId })));
    const calls = await bench.store.callsDuring(async () => {
      expect((await sessions.list(userId)).data).toHaveLength(50);
    });
    expect(calls).toEqual(['list']);
  });
});
