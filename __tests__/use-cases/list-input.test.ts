import fc from 'fast-check';
import { mintSessionId, userKey } from '../../lib/domain/session-id';
import { type CursorScope, writeCursor } from '../../lib/use-cases/cursor';
import { readListCursor, writeListCursor } from '../../lib/use-cases/list-cursor';
import { refusalOf, rejectionOf } from '../fixtures/refusal-of';
import { SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

const id = mintSessionId('alice');
const kinds = ['active', 'expired', 'ended'] as const;
const scope: CursorScope = ['sessions', 'alice'];
const scopeOf = (userId: string): CursorScope => ['sessions', userKey(userId), 'ended', null, null, null, null];

// Of the right list, as whoever knows how they are made can make them.
const forged = [
  ...[[], [null], ['unknown', 1, id], ['unknown'], ['active', 1], ['active', null, id], ['active', 1, null]],
  ...[
    ['active', '1', id],
    ['active', 1, id.toUpperCase()],
    ['active', 1, '*'],
    ['active', Infinity, id],
  ],
  ...[['active', 1, `${id}\0`], ['active', 1, id, 1], [['active']], ['active', undefined, id]],
];

describe('the cursor of a list', () => {
  test('gives back the position it was written from', () => {
    const positions = fc.option(fc.record({ score: fc.nat(), id: fc.string().map(mintSessionId) }));
    fc.assert(
      fc.property(fc.constantFrom(...kinds), positions, (kind, after) => {
        expect(readListCursor(writeListCursor({ kind, after }, scope), scope, kinds)).toEqual({ kind, after });
      }),
    );
  });

  test.each(forged.map((position) => [JSON.stringify(position), position]))('is not %s', (_, position) => {
    const cursor = writeCursor(position, scope);
    const error = refusalOf(() => readListCursor(cursor, scope, kinds));
    expect(error).toMatchObject({ code: 'request_invalid', field: 'cursor' });
  });

  test('of a kind that is not asked for is refused', () => {
    const cursor = writeListCursor({ kind: 'ended', after: null }, scope);
    expect(refusalOf(() => readListCursor(cursor, scope, ['active']))).toMatchObject({ field: 'cursor' });
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
    ['cursor', 7, 'the nextCursor of an earlier page of the same query'],
    ['cursor', 'W10', 'the nextCursor of an earlier page of the same query'],
    ['deviceType', 'toaster', 'one of desktop, phone, tablet, tv, console, wearable, bot, other, api'],
    ['deviceType', null, 'one of desktop, phone, tablet, tv, console, wearable, bot, other, api'],
    ['country', 'DEU', "two letters (ISO 3166-1), such as 'DE'"],
    ['country', 'D1', "two letters (ISO 3166-1), such as 'DE'"],
    ['country', null, "two letters (ISO 3166-1), such as 'DE'"],
    ['since', '2026-01-01', 'milliseconds since the epoch'],
    ['since', -1, 'milliseconds since the epoch'],
    ['since', Number.NaN, 'milliseconds since the epoch'],
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
      for (const listed of kinds) {
        const cursor = writeListCursor({ kind: listed, after: { score, id } }, scopeOf(userId));
        const { data } = await sessions.list(userId, { cursor, include: 'ended' });
        expect(data.length).toBeLessThanOrEqual(1);
      }
    },
  );

  test('C-IDOR by another user’s cursor is refused, and so is one of other filters', async () => {
    const sessions = bench.open();
    const alice = bench.newUser();
    for (let count = 0; count < 3; count++) await signedIn(sessions, { userId: alice, applicationId: 'web' });
    const { userId: mallory } = await signedIn(sessions);
    const plain = (await sessions.list(alice, { limit: 1 })).nextCursor!;
    const narrowed = (await sessions.list(alice, { limit: 1, applicationId: 'web' })).nextCursor!;
    const since = (await sessions.list(alice, { limit: 1, since: 0 })).nextCursor!;
    const history = (await sessions.history(alice, { limit: 1 })).nextCursor!;
    const refused = { code: 'request_invalid', field: 'cursor' };
    expect(await rejectionOf(sessions.list(mallory, { cursor: plain }))).toMatchObject(refused);
    for (const options of [{ applicationId: 'web' }, { include: 'ended' as const }, { since: 0 }]) {
      expect(await rejectionOf(sessions.list(alice, { ...options, cursor: plain }))).toMatchObject(refused);
    }
    expect(await rejectionOf(sessions.list(alice, { cursor: narrowed }))).toMatchObject(refused);
    expect(await rejectionOf(sessions.list(alice, { cursor: since, since: 1 }))).toMatchObject(refused);
    expect(await rejectionOf(sessions.list(alice, { cursor: history }))).toMatchObject(refused);
    expect(await rejectionOf(sessions.history(alice, { cursor: plain }))).toMatchObject(refused);
    expect(await rejectionOf(sessions.history(mallory, { cursor: history }))).toMatchObject(refused);
    expect((await sessions.list(alice, { cursor: plain, limit: 7 })).data).toHaveLength(2);
  });
});
