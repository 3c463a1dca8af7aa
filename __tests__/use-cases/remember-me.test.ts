import { renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { day, hour, minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('a remembered session on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  const after = (milliseconds: number): string => new Date(bench.time.now() + milliseconds).toISOString();

  test('has rememberMe in place of the refresh lifetime and no idle limit', async () => {
    const sessions = bench.open({ lifetimes: { idle: '30m' } });
    const { session } = await signedIn(sessions, { remember: true });
    expect(session).toMatchObject({
      remember: true,
      deadlines: { access: after(15 * minute), refresh: after(30 * day), idle: null, absolute: after(90 * day) },
    });
  });

  test('A18 is renewed a month later, and not a millisecond after', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions, { remember: true });
    bench.time.advance(30 * day - 1);
    const next = await renewed(sessions, tokens.refreshToken);
    bench.time.advance(30 * day);
    expect(await sessions.refresh(next.refreshToken)).toMatchObject({
      status: 'expired',
      error: { code: 'session_expired' },
    });
  });

  test('A20 ends at its absolute limit, however often it is renewed', async () => {
    const sessions = bench.open();
    let { tokens } = await signedIn(sessions, { remember: true });
    for (let day3 = 0; day3 < 29; day3++) {
      bench.time.advance(3 * day);
      tokens = await renewed(sessions, tokens.refreshToken);
    }
    expect(tokens.refreshExpiresAt).toBe(after(3 * day));
    bench.time.advance(3 * day);
    expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({ status: 'expired' });
  });

  test('without refresh tokens slides by use: rememberMe is the window of its access token', async () => {
    const sessions = bench.open({ lifetimes: { refreshToken: false, idle: '1h' } });
    const { tokens, session } = await signedIn(sessions, { remember: true });
    expect(session.deadlines).toMatchObject({ access: after(30 * day), refresh: null, idle: null });
    bench.time.advance(29 * day);
    const used = await sessions.verify(tokens.accessToken);
    expect(used).toMatchObject({
      status: 'active',
      slid: true,
      session: { deadlines: { access: after(30 * day) } },
    });
    await sessions.flush();
    bench.time.advance(29 * day);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
  });

  test('is not remembered longer than a lifetime it was given', async () => {
    const { session } = await signedIn(bench.open(), { remember: true, lifetimes: { absolute: '2h' } });
    expect(session.deadlines).toMatchObject({ refresh: after(2 * hour), absolute: after(2 * hour) });
  });
});
