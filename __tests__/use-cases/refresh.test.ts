import { forgedRefreshToken, guessedFamily, guessedSecret } from '../fixtures/forged-tokens';
import { laptop, listenTo, namesOf, renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { day, minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('a refresh token on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  const after = (milliseconds: number): string => new Date(bench.time.now() + milliseconds).toISOString();

  test('A23 is exchanged for a new pair, in one round trip', async () => {
    const sessions = bench.open();
    const { tokens, session } = await signedIn(sessions);
    const heard = listenTo(sessions);
    bench.time.advance(5 * minute);
    const calls = await bench.store.callsDuring(async () => {
      const outcome = await sessions.refresh(tokens.refreshToken, laptop);
      expect(outcome).toEqual({
        status: 'rotated',
        session: {
          ...session,
          lastSeenAt: after(0),
          deadlines: { ...session.deadlines, access: after(15 * minute), refresh: after(22.5 * minute) },
        },
        tokens: {
          accessToken: expect.stringMatching(/^sat_/) as string,
          refreshToken: expect.stringMatching(/^srt_/) as string,
          accessExpiresAt: after(15 * minute),
          refreshExpiresAt: after(22.5 * minute),
        },
        graceMilliseconds: 10_000,
      });
      const next = (outcome as { tokens: typeof tokens }).tokens;
      expect(next.accessToken).not.toBe(tokens.accessToken);
      expect(next.refreshToken).not.toBe(tokens.refreshToken);
      expect(heard).toEqual([{ name: 'token.rotated', event: { session: expect.anything() as unknown } }]);
    });
    expect(calls).toEqual(['rotate']);
  });

  test('is exchanged again and again, each pair opening the session', async () => {
    const sessions = bench.open();
    let { tokens } = await signedIn(sessions);
    for (let turn = 0; turn < 5; turn++) {
      tokens = await renewed(sessions, tokens.refreshToken);
      bench.time.advance(minute);
      expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    }
  });

  test('counts as use', async () => {
    const sessions = bench.open({ lifetimes: { idle: '10m' } });
    const { tokens, session } = await signedIn(sessions);
    bench.time.advance(9 * minute);
    await renewed(sessions, tokens.refreshToken);
    expect(await sessions.get(session.id)).toMatchObject({
      lastSeenAt: after(0),
      deadlines: { idle: after(10 * minute) },
    });
  });

  test('does not count with slide: false: the renewal inherits the refresh deadline', async () => {
    const sessions = bench.open({ lifetimes: { idle: '10m' } });
    const { tokens, session } = await signedIn(sessions);
    bench.time.advance(9 * minute);
    const outcome = await sessions.refresh(tokens.refreshToken, laptop, { slide: false });
    expect(outcome).toMatchObject({
      status: 'rotated',
      session: {
        lastSeenAt: session.lastSeenAt,
        deadlines: { access: after(15 * minute), refresh: session.deadlines.refresh, idle: session.deadlines.idle },
      },
      tokens: { refreshExpiresAt: tokens.refreshExpiresAt },
    });
    bench.time.advance(minute);
    expect(await sessions.list(session.userId)).toMatchObject({ data: [] });
  });

  test('A18 renews until its last millisecond and not after', async () => {
    const sessions = bench.open({ lifetimes: { accessToken: '1m', refreshToken: '10m' } });
    const { tokens } = await signedIn(sessions);
    bench.time.advance(10 * minute - 1);
    const next = await renewed(sessions, tokens.refreshToken);
    bench.time.advance(10 * minute);
    expect(await sessions.refresh(next.refreshToken)).toMatchObject({
      status: 'expired',
      error: { code: 'session_expired' },
    });
  });

  test('that runs out before the access token is expired, while that stays good', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions, { lifetimes: { accessToken: '10m', refreshToken: '1m' } });
    bench.time.advance(minute);
    expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({ status: 'expired' });
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
  });

  test('A20 never moves the absolute limit, and gives no token that outlives it', async () => {
    const sessions = bench.open({ lifetimes: { accessToken: '8h', refreshToken: '12h', absolute: '3d' } });
    const { tokens: first, session } = await signedIn(sessions);
    let tokens = first;
    for (let turn = 0; turn < 6; turn++) {
      bench.time.advance(day / 2 - 1);
      const outcome = await sessions.refresh(tokens.refreshToken, laptop);
      expect(outcome).toMatchObject({
        status: 'rotated',
        session: { deadlines: { absolute: session.deadlines.absolute } },
      });
      tokens = (outcome as { tokens: typeof tokens }).tokens;
      expect(tokens.accessExpiresAt <= session.deadlines.absolute).toBe(true);
      expect(tokens.refreshExpiresAt <= session.deadlines.absolute).toBe(true);
    }
    bench.time.advance(6);
    expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({ status: 'expired' });
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'expired' });
  });

  test('says why its session was ended', async () => {
    const sessions = bench.open();
    const { tokens, session } = await signedIn(sessions);
    await sessions.revoke(session.id, { reason: 'admin', actor: { type: 'admin', id: 'root' } });
    expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({ status: 'revoked', reason: 'admin' });
  });

  test('A3 A4 A56 that is malformed, of another kind or of 1 MB costs no call to the store', async () => {
    const sessions = bench.open();
    const { accessToken, refreshToken } = (await signedIn(sessions)).tokens;
    const calls = await bench.store.callsDuring(async () => {
      const others = [
        accessToken,
        refreshToken.padEnd(1_000_000, 'A'),
        refreshToken.slice(1),
        refreshToken + 'A',
        '',
      ];
      for (const token of [...others, undefined, null, 7, {}, [refreshToken]]) {
        expect(await sessions.refresh(token as string)).toMatchObject({
          status: 'invalid',
          error: { code: 'token_invalid' },
        });
      }
    });
    expect(calls).toEqual([]);
  });

  test('A29 C-theft a thousand guesses at an id leave the session alive: knowing it ends nothing', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    const heard = listenTo(sessions);
    const guesses = Array.from({ length: 1_000 }, (_, index) =>
      forgedRefreshToken(tokens.refreshToken, {
        family: guessedFamily(),
        secret: guessedSecret(),
        generation: index % 3,
      }),
    );
    const outcomes = await Promise.all(guesses.map((guess) => sessions.refresh(guess)));
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['invalid']));
    expect(heard).toEqual([]);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({ status: 'rotated' });
  });

  test('A5 of no session at all is invalid', async () => {
    const other = new SessionBench(kind);
    const { tokens } = await signedIn(other.open());
    expect(await bench.open().refresh(tokens.refreshToken)).toMatchObject({ status: 'invalid' });
    await other.close();
  });

  test('B2 is a fault and no refusal while the store does not answer, and good afterwards', async () => {
    const sessions = bench.open();
    const heard = listenTo(sessions);
    const { tokens } = await signedIn(sessions);
    bench.store.failNext('rotate');
    await expect(sessions.refresh(tokens.refreshToken)).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(namesOf(heard)).toEqual(['session.created']);
    expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({ status: 'rotated' });
  });
});
