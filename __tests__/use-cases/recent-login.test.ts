import type { SessionStore } from '../../lib/store/session-store';
import { hasRecentLogin } from '../../lib/use-cases/recent-login';
import { Timekeeper } from '../../lib/use-cases/timekeeper';
import type { Context } from '../../lib/use-cases/context';
import { rejectionOf } from '../fixtures/refusal-of';
import { SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('a recent login on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  test('is one up to its time, by the manager’s clock, and asks the store nothing', async () => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions);
    const calls = await bench.store.callsDuring(async () => {
      bench.time.advance(15 * minute);
      expect(await sessions.hasRecentLogin(session, '15m')).toBe(true);
      bench.time.advance(1);
      expect(await sessions.hasRecentLogin(session, '15m')).toBe(false);
      expect(await sessions.hasRecentLogin(session, '16m')).toBe(true);
    });
    expect(calls).toEqual([]);
  });

  test('counts from when the user proved who they are, not from when the session began', async () => {
    const sessions = bench.open();
    const before = bench.time.now() - 20 * minute;
    const { session } = await signedIn(sessions, { authenticatedAt: before });
    expect(await sessions.hasRecentLogin(session, '15m')).toBe(false);
    const outcome = await sessions.reissue(session.id, { authenticatedAt: bench.time.now() });
    if (outcome.status !== 'reissued') throw new Error(outcome.status);
    expect(await sessions.hasRecentLogin(outcome.session, '15m')).toBe(true);
  });

  test('of a time that is no duration is a mistake in the call', async () => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions);
    expect(await rejectionOf(sessions.hasRecentLogin(session, 900 as never))).toMatchObject({
      code: 'options_invalid',
    });
  });
});

test('a clock that may be off makes logins older, never younger', async () => {
  const store: Partial<SessionStore> = { now: () => 100_000, clockErrorMilliseconds: () => 3 };
  const time = new Timekeeper(store as SessionStore, undefined);
  const at = (milliseconds: number): Promise<boolean> =>
    hasRecentLogin({ time } as Context, { authenticatedAt: new Date(milliseconds).toISOString() }, '10s');
  expect(await at(90_003)).toBe(true);
  expect(await at(90_002)).toBe(false);
});
