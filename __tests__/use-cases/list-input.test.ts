import fc from 'fast-check';
import { readCursor, writeCursor } from '../../lib/use-cases/cursor';
import { mintSessionId } from '../../lib/domain/session-id';
import { refusalOf, rejectionOf } from '../fixtures/refusal-of';
import { SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const id = mintSessionId('alice');

const forged = [
  ...['', 'x', '!', '{}', encoded({}), encoded([]), encoded(null), encoded('active'), encoded(['active', 1])],
  ...[encoded(['unknown', 1, id]), encoded(['active', '1', id]), encoded(['active', 1, id.toUpperCase()])],
  ...[encoded(['active', 1, '*']), encoded(['active', null, id]), encoded(['active', 1, null]), encoded([null])],
  ...[encoded(['active', Infinity, id]), encoded(['active']), 'W'.repeat(257), encoded(['active', 1, `${id}\0`])],
];

describe('a cursor', () => {
  test('gives back the position it was written from', () => {
    const kinds = fc.constantFrom('active', 'expired', 'ended');
    const positions = fc.option(fc.record({ score: fc.nat(), id: fc.string().map(mintSessionId) }));
    fc.assert(
      fc.property(kinds, positions, (kind, after) => {
        expect(readCursor(writeCursor({ kind, after }))).toEqual({ kind, after });
      }),
    );
  });

  test.each(forged.map((cursor) => [cursor.slice(0, 40), cursor]))('%j from elsewhere is refused', (_, cursor) => {
    expect(refusalOf(() => readCursor(cursor))).toMatchObject({ code: 'request_invalid', field: 'cursor' });
  });

  test('of any text is a position or is refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => Buffer.from(json).toString('base64url')),
        ),
        (text) => {
          try {
            expect(readCursor(text).kind).toMatch(/^(active|expired|ended)$/);
          } catch (error) {
            expect(error).toMatchObject({ code: 'request_invalid', field: 'cursor' });
          }
        },
      ),
    );
  });
});

describe.each(storeKinds)('a list on $name', (kind) => {
  let bench: SessionBench;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());

  test.each([
    ['limit', 0, 'a whole number from 1 to 100'],
    ['limit', 101, 'a whole number from 1 to 100'],
    ['limit', 1.5, 'a whole number from 1 to 100'],
    ['limit', '10', 'a whole number from 1 to 100'],
    ['limit', null, 'a whole number from 1 to 100'],
    ['include', 'all', "'ended'"],
    ['include', null, "'ended'"],
    ['applicationId', '', '1 to 64 bytes of text'],
    ['applicationId', null, '1 to 64 bytes of text'],
    ['cursor', 7, 'the nextCursor of an earlier page'],
    ['cursor', null, 'the nextCursor of an earlier page'],
    ['cursor', encoded(['ended', null, null]), 'the nextCursor of this list'],
  ])('with %s: %p is refused before the store is asked', async (field, value, words) => {
    const before = bench.store.calls.length;
    const error = await rejectionOf(bench.open().list('alice', { [field]: value }));
    expect(error).toMatchObject({ code: 'request_invalid', field });
    expect(error.message).toContain(`${field}: expected ${words}, got `);
    expect(bench.store.calls).toHaveLength(before);
  });

  test('takes no unknown option and no user that cannot be one', async () => {
    const sessions = bench.open();
    expect((await rejectionOf(sessions.list('alice', { app: 'web' } as never))).message).toContain('list.app');
    expect(await rejectionOf(sessions.list(''))).toMatchObject({ code: 'request_invalid', field: 'userId' });
  });

  test.each([-1, 0, 0.5, 1e21, 1e308, -1e308, 2 ** 60])(
    'from the forged position %p is empty or whole',
    async (score) => {
      const sessions = bench.open();
      const { userId } = await signedIn(sessions);
      for (const listed of ['active', 'expired', 'ended'] as const) {
        const cursor = writeCursor({ kind: listed, after: { score, id } });
        const { data } = await sessions.list(userId, { cursor, include: 'ended' });
        expect(data.length).toBeLessThanOrEqual(1);
      }
    },
  );

  test('C-IDOR by another user’s cursor shows nothing of that user', async () => {
    const sessions = bench.open();
    const alice = bench.newUser();
    await signedIn(sessions, { userId: alice });
    await signedIn(sessions, { userId: alice });
    const { nextCursor } = await sessions.list(alice, { limit: 1 });
    const mallory = await signedIn(sessions);
    const { data } = await sessions.list(mallory.userId, { cursor: nextCursor! });
    expect(data.filter(({ userId }) => userId !== mallory.userId)).toEqual([]);
  });
});
