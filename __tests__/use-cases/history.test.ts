import { userKey } from '../../lib/domain/session-id';
import { writeCursor } from '../../lib/use-cases/cursor';
import { rejectionOf } from '../fixtures/refusal-of';
import { anEntry } from '../fixtures/history-entry';
import { laptop, renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('the history of a user on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  test('A64 is every change, newest first, in UTC, with who, what and which session', async () => {
    const sessions = bench.open();
    const { userId, session, tokens } = await signedIn(sessions);
    bench.time.advance(1_000);
    await sessions.update(session.id, { name: 'Kitchen' });
    await renewed(sessions, tokens.refreshToken); // counted, not written
    await renewed(sessions, tokens.refreshToken);
    await sessions.reissue(session.id);
    await sessions.revoke(session.id, { reason: 'risk', actor: { type: 'system' } });
    await sessions.revokeAll(userId);
    const { data, nextCursor } = await sessions.history(userId);
    const now = new Date(bench.time.now()).toISOString();
    const rest = { subject: userId, sessionId: session.id, at: now };
    const device = { browser: 'Firefox', browserVersion: '140.0', os: 'Linux', osVersion: null, type: 'desktop' };
    const client = { device: { ...device, id: null }, location: null, risk: null };
    const by = { ip: laptop.ip, client };
    expect(data).toEqual([
      anEntry('sessions_revoked', { ...rest, sessionId: null, reason: 'revoked_all', count: 0 }),
      anEntry('session_revoked', { ...rest, actor: { type: 'system' }, reason: 'risk' }),
      anEntry('session_reissued', rest),
      anEntry('token_repeated', { ...rest, ...by }),
      anEntry('session_updated', rest),
      anEntry('session_created', { ...rest, ...by, at: session.createdAt }),
    ]);
    expect(new Set(data.map(({ id }) => id)).size).toBe(6);
    expect(nextCursor).toBeNull();
  });

  test('holds no touch and no renewal', async () => {
    const sessions = bench.open();
    const { userId, tokens } = await signedIn(sessions);
    const next = await renewed(sessions, tokens.refreshToken);
    bench.time.advance(minute);
    await sessions.verify(next.accessToken);
    await sessions.flush();
    expect((await sessions.history(userId)).data).toHaveLength(1);
  });

  test('comes in pages, in one round trip each, that show each entry once', async () => {
    const sessions = bench.open();
    const { userId, session } = await signedIn(sessions);
    for (let count = 0; count < 6; count++) await sessions.update(session.id, { data: { count } });
    const whole = (await sessions.history(userId)).data;
    expect(whole).toHaveLength(7);
    for (const limit of [1, 3, 7]) {
      const seen: unknown[] = [];
      let cursor: string | null = null;
      const calls = await bench.store.callsDuring(async () => {
        do {
          const page: Awaited<ReturnType<typeof sessions.history>> = await sessions.history(
            userId,
            cursor === null ? { limit } : { limit, cursor },
          );
          expect(page.data.length).toBeLessThanOrEqual(limit);
          seen.push(...page.data);
          cursor = page.nextCursor;
        } while (cursor !== null);
      });
      expect(seen).toEqual(whole);
      expect(calls).toEqual(Array.from({ length: Math.ceil(7 / limit) }, () => 'history'));
    }
  });

  test('goes on where it was though entries were added meanwhile', async () => {
    const sessions = bench.open();
    const { userId, session } = await signedIn(sessions);
    for (let count = 0; count < 4; count++) await sessions.update(session.id, { data: { count } });
    const first = await sessions.history(userId, { limit: 2 });
    await sessions.update(session.id, { name: 'Kitchen' });
    const second = await sessions.history(userId, { limit: 3, cursor: first.nextCursor! });
    const ids = [...first.data, ...second.data].map(({ id }) => id);
    expect(new Set(ids).size).toBe(5);
    expect(second.nextCursor).toBeNull();
  });

  test('is each user’s own', async () => {
    const sessions = bench.open();
    await signedIn(sessions);
    expect(await sessions.history(bench.newUser())).toEqual({ data: [], nextCursor: null });
  });

  test.each([
    ['cursor', 'x'],
    ['cursor', ''],
    ['cursor', 'A'.repeat(12)],
    ['cursor', 'AAAAAAAAAA!'],
    ['cursor', 'AAAAAAAAAAA'],
    ['cursor', writeCursor(['AAAAAAAAAAA', 1], ['history', userKey('bob')])],
    ['cursor', writeCursor(['AAAAAAAAAAA', 1], ['sessions', userKey('alice')])],
    ['cursor', writeCursor(['AAAAAAAAAA!', 1], ['history', userKey('alice')])],
    ['cursor', writeCursor(['AAAAAAAAAAA'], ['history', userKey('alice')])],
    ['cursor', writeCursor(['AAAAAAAAAAA', 1.5], ['history', userKey('alice')])],
    ['cursor', writeCursor(['AAAAAAAAAAA', 1, 1], ['history', userKey('alice')])],
    ['cursor', writeCursor([7, 1], ['history', userKey('alice')])],
    ['limit', 0],
    ['limit', 101],
    ['limit', '5'],
  ])('with %s: %p is refused before the store is asked', async (field, value) => {
    const sessions = bench.open();
    const calls = await bench.store.callsDuring(async () => {
      const error = await rejectionOf(sessions.history('alice', { [field]: value }));
      expect(error).toMatchObject({ code: 'request_invalid', field });
    });
    expect(calls).toEqual([]);
  });

  test('from an entry that is remembered no more goes on with what is older', async () => {
    const sessions = bench.open();
    const { userId } = await signedIn(sessions);
    const from = (at: number) => ({ cursor: writeCursor(['AAAAAAAAAAA', at], ['history', userKey(userId)]) });
    const older = await sessions.history(userId, from(bench.time.now() + 1));
    expect(older).toMatchObject({ data: [{ event: 'session_created' }], nextCursor: null });
    expect(await sessions.history(userId, from(bench.time.now()))).toEqual({ data: [], nextCursor: null });
  });

  test('takes no unknown option and no user that cannot be one', async () => {
    const sessions = bench.open();
    expect((await rejectionOf(sessions.history('alice', { size: 5 } as never))).message).toContain('history.size');
    expect(await rejectionOf(sessions.history('x'.repeat(10_000)))).toMatchObject({ field: 'userId' });
  });
});
