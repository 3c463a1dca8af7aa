import { setTimeout as pause } from 'node:timers/promises';
import type { SessionManager } from '../../lib/session-manager';
import type { SessionEvents } from '../../lib/events/catalogue';
import { rejectionOf } from '../fixtures/refusal-of';
import { listenTo, namesOf, SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

// The pauses between the tries take minutes: here they are noted and over at once.
jest.mock('node:timers/promises', () => ({
  ...jest.requireActual<object>('node:timers/promises'),
  setTimeout: jest.fn(async (_: number, value: unknown, { signal }: { signal?: AbortSignal } = {}) => {
    await new Promise(setImmediate);
    signal?.throwIfAborted();
    return value;
  }),
}));

const pauses = jest.mocked(pause);

function told<Name extends 'sessions.ended' | 'background.failed'>(
  sessions: SessionManager,
  name: Name,
  wanted: (event: SessionEvents[Name]) => boolean = () => true,
): Promise<SessionEvents[Name]> {
  return new Promise((resolve) => {
    sessions.on(name, (event) => wanted(event) && resolve(event));
  });
}

describe.each(storeKinds)('a password change while the store is down, on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => {
    bench = new SessionBench(kind);
    pauses.mockClear();
  });
  afterEach(() => bench.close());

  const options = { reason: 'password_changed', reissue: true, retry: true } as const;

  test('A32 A34 fails with sessions_not_revoked, and the retry ends every session, the kept one too', async () => {
    const sessions = bench.open();
    const kept = await signedIn(sessions);
    const other = await signedIn(sessions, { userId: kept.userId });
    const heard = listenTo(sessions);
    const done = told(sessions, 'sessions.ended');
    bench.store.failNext('revokeAll', 3);

    const error = await rejectionOf(sessions.revokeAll(kept.userId, { ...options, except: kept.session.id }));
    expect(error).toMatchObject({
      code: 'sessions_not_revoked',
      status: 503,
      cause: { code: 'store_unavailable' },
    });
    expect(error.headers).toEqual({ 'Retry-After': '1' });
    expect(await sessions.verify(other.tokens.accessToken)).toMatchObject({ status: 'active' });

    expect(await done).toMatchObject({ userId: kept.userId, count: 2, reason: 'password_changed' });
    for (const { tokens } of [kept, other]) {
      expect(await sessions.verify(tokens.accessToken)).toMatchObject({
        status: 'revoked',
        reason: 'password_changed',
      });
    }
    expect(namesOf(heard)).toEqual(['background.failed', 'background.failed', 'sessions.ended']);
    expect(heard[0]!.event).toMatchObject({ operation: 'revoke-all', final: false });
    expect(pauses.mock.calls.map(([milliseconds]) => milliseconds)).toEqual([100, 200, 400]);
  });

  test('A34 ends the kept session also where the first try reached the store and only its answer was lost', async () => {
    const sessions = bench.open();
    const kept = await signedIn(sessions);
    const heard = listenTo(sessions);
    const done = told(sessions, 'sessions.ended');
    bench.store.loseReply('revokeAll');
    await rejectionOf(sessions.revokeAll(kept.userId, { ...options, except: kept.session.id }));
    await done;
    expect(await sessions.get(kept.session.id)).toBeUndefined();
    expect(await sessions.verify(kept.tokens.accessToken)).toMatchObject({ status: 'invalid' });
    expect(heard).toMatchObject([
      { name: 'session.ended', event: { session: { id: kept.session.id }, reason: 'password_changed' } },
      { name: 'sessions.ended' },
    ]);
  });

  test('leaves alone a kept session that the user has been given since, by changing the password again', async () => {
    const sessions = bench.open();
    const kept = await signedIn(sessions);
    const done = told(sessions, 'sessions.ended', ({ count }) => count === 0);
    bench.store.loseReply('revokeAll');
    await rejectionOf(sessions.revokeAll(kept.userId, { ...options, except: kept.session.id }));
    const again = await sessions.revokeAll(kept.userId, { except: kept.session.id, reissue: true });
    await done;
    await sessions.flush();
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(await sessions.verify(again.reissued!.tokens.accessToken)).toMatchObject({ status: 'active' });
  });

  test('tries again where the kept session could not be ended', async () => {
    const sessions = bench.open();
    const kept = await signedIn(sessions);
    const done = told(sessions, 'sessions.ended');
    bench.store.loseReply('revokeAll');
    bench.store.failNext('revoke');
    await rejectionOf(sessions.revokeAll(kept.userId, { ...options, except: kept.session.id }));
    await done;
    expect(await sessions.get(kept.session.id)).toBeUndefined();
    // one deed, one entry, however often it was tried
    const { data } = await sessions.history(kept.userId);
    expect(data.filter(({ event }) => event === 'sessions_revoked')).toHaveLength(1);
  });

  test('C-IDOR the retry ends no session of another user that was to be kept by mistake', async () => {
    const sessions = bench.open();
    const stranger = await signedIn(sessions);
    const { userId } = await signedIn(sessions);
    const done = told(sessions, 'sessions.ended');
    bench.store.failNext('revokeAll');
    await rejectionOf(sessions.revokeAll(userId, { ...options, except: stranger.session.id }));
    await done;
    expect(await sessions.verify(stranger.tokens.accessToken)).toMatchObject({ status: 'active' });
  });

  test('A37 the retry judges by the original time: a sign-in after it stays', async () => {
    const sessions = bench.open();
    const old = await signedIn(sessions);
    const done = told(sessions, 'sessions.ended');
    bench.store.failNext('revokeAll');
    await rejectionOf(sessions.revokeAll(old.userId, options));
    bench.time.advance(1);
    const later = await signedIn(sessions, { userId: old.userId, startedAt: await sessions.now() });
    await done;
    expect(await sessions.verify(old.tokens.accessToken)).toMatchObject({ status: 'revoked' });
    expect(await sessions.verify(later.tokens.accessToken)).toMatchObject({ status: 'active' });
  });

  test('gives up after some five minutes, and says that this was the last try', async () => {
    const sessions = bench.open();
    const { userId, tokens } = await signedIn(sessions);
    const failed = told(sessions, 'background.failed', ({ final }) => final);
    bench.store.failNext('revokeAll', 100);
    await rejectionOf(sessions.revokeAll(userId, options));
    expect(await failed).toMatchObject({
      operation: 'revoke-all',
      final: true,
      error: { code: 'store_unavailable' },
    });
    const total = pauses.mock.calls.reduce((sum, [milliseconds]) => sum + (milliseconds ?? 0), 0);
    expect(total).toBeGreaterThan(4 * 60_000);
    expect(total).toBeLessThan(6 * 60_000);
    expect(Math.max(...pauses.mock.calls.map(([milliseconds]) => milliseconds ?? 0))).toBe(30_000);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
  });

  test('the pauses keep no process alive and end when the manager closes', async () => {
    const sessions = bench.open();
    const { userId } = await signedIn(sessions);
    const failed = told(sessions, 'background.failed');
    bench.store.failNext('revokeAll', 100);
    await rejectionOf(sessions.revokeAll(userId, options));
    expect(pauses.mock.calls[0]![2]).toMatchObject({ ref: false });
    await sessions.close();
    expect(await failed).toMatchObject({ operation: 'revoke-all', final: true });
    expect(bench.store.calls.filter((name) => name === 'revokeAll')).toHaveLength(1);
  });

  test('without retry the call fails and nothing goes on behind its back', async () => {
    const sessions = bench.open();
    const { userId, tokens } = await signedIn(sessions);
    bench.store.failNext('revokeAll');
    const error = await rejectionOf(sessions.revokeAll(userId, { ...options, retry: false }));
    expect(error).toMatchObject({ code: 'store_unavailable' });
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(pauses).not.toHaveBeenCalled();
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
  });

  test('an argument that is unusable is refused and not retried', async () => {
    const sessions = bench.open();
    const error = await rejectionOf(sessions.revokeAll('', options));
    expect(error).toMatchObject({ code: 'request_invalid' });
    expect(pauses).not.toHaveBeenCalled();
  });
});
