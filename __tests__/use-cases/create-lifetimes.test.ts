import type { SessionLifetimes } from '../../lib/use-cases/inputs';
import { SessionBench, signedIn } from '../fixtures/session-bench';
import { day, hour, minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('the deadlines of a new session on $name', (kind) => {
  let bench: SessionBench;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());

  const after = (milliseconds: number): string => new Date(bench.time.now() + milliseconds).toISOString();

  test.each<[string, SessionLifetimes, object]>([
    [
      'an access token',
      { accessToken: '5m' },
      { access: 5 * minute, refresh: hour, idle: 30 * minute, absolute: day },
    ],
    [
      'a refresh token',
      { refreshToken: '20m' },
      { access: 15 * minute, refresh: 20 * minute, idle: 30 * minute, absolute: day },
    ],
    ['an idle limit', { idle: '1m' }, { access: 15 * minute, refresh: hour, idle: minute, absolute: day }],
    [
      'an absolute limit, which cuts all tokens',
      { absolute: '10m' },
      { access: 10 * minute, refresh: 10 * minute, idle: 30 * minute, absolute: 10 * minute },
    ],
  ])('may be shortened by %s', async (_, lifetimes, expected) => {
    const sessions = bench.open({
      lifetimes: { accessToken: '15m', refreshToken: '1h', idle: '30m', absolute: '1d' },
    });
    const { session } = await signedIn(sessions, { lifetimes });
    const times = Object.entries(expected).map(([name, value]) => [name, after(value as number)] as const);
    expect(session.deadlines).toEqual(Object.fromEntries(times));
  });

  test('may be remembered shorter than rememberMe, though longer than a session that is not', async () => {
    const { session } = await signedIn(bench.open(), { remember: true, lifetimes: { refreshToken: '7d' } });
    expect(session.deadlines).toMatchObject({ refresh: after(7 * day), idle: null });
  });

  test('may have no refresh token, for one session or for all', async () => {
    const one = await signedIn(bench.open(), { lifetimes: { refreshToken: false } });
    const all = await signedIn(bench.open({ lifetimes: { refreshToken: false } }));
    for (const { tokens, session } of [one, all]) {
      expect(Object.keys(tokens)).toEqual(['accessToken', 'accessExpiresAt']);
      expect(session.deadlines).toMatchObject({ access: after(15 * minute), refresh: null });
    }
  });

  test('are fixed at sign-in: a manager with other options judges by them', async () => {
    const short = bench.open({ lifetimes: { accessToken: '1m', refreshToken: '2m' }, rotation: { grace: '5s' } });
    const long = bench.open({ lifetimes: { accessToken: '60m', refreshToken: '2h' } });
    const { tokens } = await signedIn(short);
    const renewal = await long.refresh(tokens.refreshToken);
    expect(renewal).toMatchObject({
      status: 'rotated',
      graceMilliseconds: 5_000,
      session: { deadlines: { access: after(minute), refresh: after(2 * minute) } },
    });
    bench.time.advance(minute);
    expect(await long.verify(tokens.accessToken)).toMatchObject({ status: 'expired' });
  });
});
