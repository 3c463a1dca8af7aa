import { sessionPage } from '../../../lib/contract/session-page';
import type { SessionView } from '../../../lib';
import { listenTo, namesOf, signedIn } from '../../fixtures/session-bench';
import { storeKinds } from '../../fixtures/stores';
import { AdminBench } from './fixtures/admin-bench';

jest.setTimeout(60_000);

const ten = Array.from({ length: 10 }, (_, index) => index);

describe.each(storeKinds)('administrators who do the same at the same time, on $name', (kind) => {
  let bench: AdminBench;
  beforeEach(() => (bench = new AdminBench({ store: kind.open() })));
  afterEach(() => bench.sessions.close());

  test('end a session once, and all are told that it is over', async () => {
    const { session } = await signedIn(bench.sessions, { userId: 'alice' });
    const heard = listenTo(bench.sessions);
    const paths = ten.map((index) =>
      index % 2 === 0 ? `/sessions/${session.id}` : `/users/alice/sessions/${session.id}`,
    );
    const answers = await Promise.all(paths.map(async (path) => bench.call('delete', path)));
    expect(answers.map(({ status }) => status)).toEqual(ten.map(() => 204));
    expect(namesOf(heard).filter((name) => name === 'session.ended')).toHaveLength(1);
    const { data } = await bench.sessions.history('alice');
    expect(data.filter(({ event }) => event === 'session_revoked')).toHaveLength(1);
  });

  test('end all sessions of a user: each is counted once', async () => {
    for (let count = 0; count < 25; count++) await signedIn(bench.sessions, { userId: 'alice' });
    const answers = await Promise.all(
      ten.map(async () => bench.call('delete', '/users/alice/sessions').expect(200)),
    );
    const counts = answers.map(({ body }) => (body as { ended: number }).ended);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(25);
    expect((await bench.sessions.list('alice')).data).toEqual([]);
  });

  test('set a limit: one of them holds, and no more sessions are left than it allows', async () => {
    for (let count = 0; count < 8; count++) await signedIn(bench.sessions, { userId: 'alice' });
    const answers = await Promise.all(
      ten.map(async (index) =>
        bench
          .call('put', '/users/alice/limit')
          .send({ limit: (index % 5) + 1, trim: true })
          .expect(200),
      ),
    );
    const ended = answers.map(({ body }) => (body as { ended: number }).ended);
    const limit = (await bench.sessions.limits.get('alice'))!;
    const { length: left } = (await bench.sessions.list('alice')).data;
    expect(limit).toBeGreaterThanOrEqual(1);
    expect(left).toBeLessThanOrEqual(limit);
    expect(ended.reduce((sum, count) => sum + count, 0)).toBe(8 - left);
  });

  test('page through sessions while others end them: none that stays is missed or shown twice', async () => {
    const made: SessionView[] = [];
    for (let count = 0; count < 40; count++) {
      made.push((await signedIn(bench.sessions, { userId: 'alice' })).session);
      bench.time.advance(10);
    }
    const seen: string[] = [];
    const ended = new Set<string>();
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? 'limit=6' : `limit=6&cursor=${cursor}`;
      const { body } = await bench.call('get', `/users/alice/sessions?${query}`).expect(200);
      const page = sessionPage.parse(body);
      seen.push(...page.data.map(({ id }) => id));
      // The last one shown, to which the cursor points, and one that is still to come.
      for (const id of [seen.at(-1)!, made.find((one) => !seen.includes(one.id))?.id]) {
        if (id === undefined) continue;
        ended.add(id);
        await bench.call('delete', `/sessions/${id}`).expect(204);
      }
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(made.filter(({ id }) => !ended.has(id) && !seen.includes(id))).toEqual([]);
  });
});
