import type { Page, SessionView } from '../../lib/domain/session-view';
import type { SessionManager } from '../../lib/session-manager';
import type { ListOptions } from '../../lib/use-cases/inputs';
import { countedReads, type ListReads } from '../fixtures/counted-reads';
import { laptop, phone, renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

jest.setTimeout(60_000);

const rare = 97;
const atOnce = 20;
const mostRead = 500;

interface Walk {
  readonly views: readonly SessionView[];
  readonly pages: readonly { readonly shown: number; readonly read: number; readonly calls: number }[];
}

/** All pages of a list, and what each of them took. */
async function walk(
  sessions: SessionManager,
  reads: ListReads,
  userId: string,
  options: ListOptions,
): Promise<Walk> {
  const views: SessionView[] = [];
  const pages = [];
  let cursor: string | null = null;
  do {
    Object.assign(reads, { records: 0, calls: 0 });
    const from: ListOptions = cursor === null ? {} : { cursor };
    const page: Page<SessionView> = await sessions.list(userId, { ...options, ...from });
    views.push(...page.data);
    pages.push({ shown: page.data.length, read: reads.records, calls: reads.calls });
    cursor = page.nextCursor;
  } while (cursor !== null);
  return { views, pages };
}

const idsOf = (views: readonly { readonly id: string }[]): string[] => views.map(({ id }) => id).sort();

describe.each(storeKinds)('a list narrowed by filters on $name', (storeKind) => {
  // A sign-in in memory looks at all sessions of its user: ten thousand would take minutes.
  const many = storeKind.name === 'redis' ? 10_000 : 1_000;
  const { kind, reads } = countedReads(storeKind);
  let bench: SessionBench;
  let sessions: SessionManager;
  beforeAll(() => {
    bench = new SessionBench(kind);
    sessions = bench.open();
  });
  afterAll(() => bench.close());

  test('shows on any size of page each session that fits, once, and no other', async () => {
    const userId = bench.newUser();
    const fitting: string[] = [];
    for (let count = 0; count < 60; count++) {
      const client = count % 3 === 0 ? { ...phone, location: { country: 'DE' } } : laptop;
      const { session } = await signedIn(sessions, { userId, client });
      if (count % 3 === 0) fitting.push(session.id);
      if (count % 5 === 0) await sessions.revoke(session.id);
      if (count % 2 === 0) bench.time.advance(1);
    }
    const active = new Set(idsOf((await sessions.list(userId, { limit: 100 })).data));
    const live = fitting.filter((id) => active.has(id));
    expect(live.length).toBeGreaterThan(10);
    for (const limit of [1, 2, 7, 16, 50, 100]) {
      for (const filter of [{ deviceType: 'phone' }, { country: 'DE' }] as const) {
        const { views, pages } = await walk(sessions, reads, userId, { ...filter, limit });
        expect(idsOf(views)).toEqual([...live].sort());
        expect(pages.every(({ shown }) => shown <= limit)).toBe(true);
      }
    }
    const all = await walk(sessions, reads, userId, { country: 'DE', limit: 3, include: 'ended' });
    expect(all.views.slice(0, live.length).every(({ endedAt }) => endedAt === undefined)).toBe(true);
    expect(all.views.slice(live.length).every(({ reason }) => reason === 'revoked')).toBe(true);
    expect(new Set(idsOf(all.views)).size).toBe(all.views.length);
  });

  test('since counts from that very millisecond', async () => {
    const userId = bench.newUser();
    await signedIn(sessions, { userId });
    bench.time.advance(1);
    const since = bench.time.now();
    const { session } = await signedIn(sessions, { userId });
    bench.time.advance(minute);
    expect(idsOf((await sessions.list(userId, { since })).data)).toEqual([session.id]);
    expect((await sessions.list(userId, { since: since + 1 })).data).toEqual([]);
  });

  test('puts the most recently seen of a page first, however many steps it took to find them', async () => {
    const userId = bench.newUser();
    const made = [];
    for (let count = 0; count < 12; count++) {
      made.push(await signedIn(sessions, { userId, client: count % 4 === 0 ? phone : laptop }));
      bench.time.advance(1_000);
    }
    const { data } = await sessions.list(userId, { deviceType: 'phone', limit: 3 });
    expect(data.map(({ id }) => id)).toEqual([made[8], made[4], made[0]].map((one) => one!.session.id));
  });

  test('misses none that lives throughout while others are renewed between two pages', async () => {
    const userId = bench.newUser();
    const made = [];
    for (let count = 0; count < 30; count++) {
      made.push(await signedIn(sessions, { userId, client: count % 2 === 0 ? phone : laptop }));
      bench.time.advance(100);
    }
    const seen = new Set<string>();
    let cursor: string | null = null;
    do {
      const from: ListOptions = cursor === null ? {} : { cursor };
      const page: Page<SessionView> = await sessions.list(userId, { deviceType: 'phone', limit: 2, ...from });
      for (const { id } of page.data) seen.add(id);
      cursor = page.nextCursor;
      const next = made.find(({ session }) => !seen.has(session.id));
      if (next && seen.size < 8) await renewed(sessions, next.tokens.refreshToken);
    } while (cursor !== null);
    expect(made.filter(({ session }, index) => index % 2 === 0 && !seen.has(session.id))).toEqual([]);
  });

  describe(`of a user with ${many} sessions`, () => {
    let userId: string;
    const found: string[] = [];

    beforeAll(async () => {
      userId = bench.newUser();
      for (let done = 0; done < many; done += atOnce) {
        const some = Array.from({ length: atOnce }, async (_, index) => {
          const isRare = (done + index) % rare === 0;
          const client = isRare ? { ...phone, location: { country: 'IS' } } : laptop;
          const { session } = await signedIn(sessions, { userId, client, applicationId: isRare ? 'ios' : 'web' });
          if (isRare) found.push(session.id);
        });
        await Promise.all(some);
        bench.time.advance(1);
      }
    });

    test('a page looks at 500 at most, in a dozen calls, though few of them fit', async () => {
      const { views, pages } = await walk(sessions, reads, userId, { country: 'IS', limit: 5 });
      expect(idsOf(views)).toEqual([...found].sort());
      expect(Math.max(...pages.map(({ read }) => read))).toBeLessThanOrEqual(mostRead);
      expect(Math.max(...pages.map(({ calls }) => calls))).toBeLessThanOrEqual(12);
      expect(pages.length).toBeGreaterThanOrEqual(many / mostRead);
    });

    test('a page where none of 500 fits is empty, and not the end', async () => {
      const page = await sessions.list(userId, { country: 'DE' });
      expect(page).toMatchObject({ data: [], nextCursor: expect.any(String) as string });
      const { views, pages } = await walk(sessions, reads, userId, { country: 'DE' });
      expect(views).toEqual([]);
      expect(pages.length).toBeLessThanOrEqual(many / (mostRead - 100) + 1);
    });

    test('a page that all fit reads no more than it shows', async () => {
      const { pages } = await walk(sessions, reads, userId, { since: 0, limit: 100 });
      expect(pages.every(({ shown, read }) => shown === 100 && read === 100)).toBe(true);
      expect(pages).toHaveLength(many / 100);
    });

    test('an application is found by the store: a page reads what it shows, in one round trip', async () => {
      const { views, pages } = await walk(sessions, reads, userId, { applicationId: 'ios', limit: 50 });
      expect(idsOf(views)).toEqual([...found].sort());
      expect(pages.every(({ shown, read, calls }) => shown === read && calls === 1)).toBe(true);
    });
  });
});
