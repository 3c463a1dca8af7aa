import type { Touch } from '../../lib/store/commands';
import { laptop, listenTo, renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { hour, minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('activity on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  const iso = (milliseconds = 0): string => new Date(bench.time.now() + milliseconds).toISOString();

  test('is written a minute after the last time and not before, and moves lastSeenAt', async () => {
    const sessions = bench.open();
    const { tokens, session } = await signedIn(sessions);
    const use = (): Promise<string[]> =>
      bench.store.callsDuring(async () => {
        await sessions.verify(tokens.accessToken);
        await sessions.flush();
      });
    bench.time.advance(minute - 1);
    expect(await use()).toEqual(['find']);
    bench.time.advance(1);
    expect(await use()).toEqual(['find', 'touch']);
    expect(await use()).toEqual(['find']);
    expect(await sessions.get(session.id)).toMatchObject({ lastSeenAt: iso() });
  });

  test('of many requests at once is written once', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    bench.time.advance(minute);
    const calls = await bench.store.callsDuring(async () => {
      await Promise.all(Array.from({ length: 20 }, () => sessions.verify(tokens.accessToken)));
      await sessions.flush();
    });
    expect(calls.filter((name) => name === 'touch')).toHaveLength(1);
  });

  test('A21 keeps a session alive past its idle limit, which counts from the last recorded use', async () => {
    const sessions = bench.open({ lifetimes: { accessToken: '1h', idle: '10m' } });
    const { tokens } = await signedIn(sessions);
    for (let use = 0; use < 5; use++) {
      bench.time.advance(9 * minute);
      const verified = await sessions.verify(tokens.accessToken);
      expect(verified).toMatchObject({ status: 'active', slid: false });
      await sessions.flush();
    }
    bench.time.advance(10 * minute - 1);
    expect(await sessions.verify(tokens.accessToken, laptop, { slide: false })).toMatchObject({ status: 'active' });
    bench.time.advance(1);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'expired' });
  });

  test('of a poll with slide: false does not count', async () => {
    const sessions = bench.open({ lifetimes: { idle: '10m' } });
    const { tokens, session } = await signedIn(sessions);
    bench.time.advance(9 * minute);
    const calls = await bench.store.callsDuring(async () => {
      await sessions.verify(tokens.accessToken, laptop, { slide: false });
      await sessions.flush();
    });
    expect(calls).toEqual(['find']);
    expect(await sessions.get(session.id)).toMatchObject({ lastSeenAt: session.lastSeenAt });
  });

  test('moves the access deadline where refresh tokens are off, and the answer shows it at once', async () => {
    const sessions = bench.open({ lifetimes: { refreshToken: false, accessToken: '10m' } });
    const { tokens } = await signedIn(sessions);
    bench.time.advance(minute - 1);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ slid: false });
    bench.time.advance(1);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({
      slid: true,
      session: { lastSeenAt: iso(), deadlines: { access: iso(10 * minute) } },
    });
    await sessions.flush();
    bench.time.advance(10 * minute - 1);
    expect(await sessions.verify(tokens.accessToken, laptop, { slide: false })).toMatchObject({
      status: 'active',
      slid: false,
    });
    bench.time.advance(1);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({
      status: 'expired',
      error: { code: 'session_expired' },
    });
  });

  test('moves no access deadline past the absolute limit', async () => {
    const sessions = bench.open({ lifetimes: { refreshToken: false, accessToken: '10m', absolute: '15m' } });
    const { tokens, session } = await signedIn(sessions);
    bench.time.advance(9 * minute);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({
      slid: true,
      session: { deadlines: { access: session.deadlines.absolute } },
    });
    await sessions.flush();
    bench.time.advance(6 * minute);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'expired' });
  });

  test('moves no access deadline where refresh tokens are on', async () => {
    const sessions = bench.open();
    const { tokens, session } = await signedIn(sessions);
    bench.time.advance(5 * minute);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({
      slid: false,
      session: { deadlines: session.deadlines },
    });
    await sessions.flush();
    expect(await sessions.get(session.id)).toMatchObject({ lastSeenAt: iso(), deadlines: session.deadlines });
  });

  test('that cannot be written fails no check, is told of, and is written at the next use', async () => {
    const sessions = bench.open();
    const heard = listenTo(sessions);
    const { tokens, session } = await signedIn(sessions);
    bench.time.advance(minute);
    bench.store.failNext('touch');
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    await sessions.flush();
    expect(heard.at(-1)).toMatchObject({
      name: 'background.failed',
      event: { operation: 'touch', final: true, error: { code: 'store_unavailable' } },
    });
    await sessions.verify(tokens.accessToken);
    await sessions.flush();
    expect(await sessions.get(session.id)).toMatchObject({ lastSeenAt: iso() });
  });

  test('A36 that is written late revives no session that was ended meanwhile', async () => {
    const sessions = bench.open();
    const { tokens, session, userId } = await signedIn(sessions);
    bench.time.advance(minute);
    bench.store.interceptNext('touch', async (proceed) => {
      await sessions.revoke(session.id);
      return proceed();
    });
    await sessions.verify(tokens.accessToken);
    await sessions.flush();
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'revoked' });
    expect((await sessions.list(userId)).data).toEqual([]);
  });

  test('that is written late revives no session that ran out meanwhile', async () => {
    const sessions = bench.open({ lifetimes: { idle: '10m' } });
    const { tokens } = await signedIn(sessions);
    bench.time.advance(9 * minute);
    bench.store.interceptNext('touch', (proceed, command) => {
      Object.assign(command as Touch, { at: bench.time.now() + hour });
      return proceed();
    });
    await sessions.verify(tokens.accessToken);
    await sessions.flush();
    bench.time.advance(minute);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'expired' });
  });

  test('confirms the first use of a successor at once, also of a poll, and repeats that until it is stored', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    const next = await renewed(sessions, tokens.refreshToken);
    const touches: unknown[] = [];
    const poll = async (): Promise<void> => {
      bench.store.interceptNext('touch', (proceed, command) => {
        touches.push(command);
        return touches.length === 1 ? Promise.reject(new Error('lost')) : proceed();
      });
      await sessions.verify(next.accessToken, laptop, { slide: false });
      await sessions.flush();
    };
    await poll();
    await poll();
    await poll();
    expect(touches).toEqual([
      expect.objectContaining({ slide: false, confirm: 1 }),
      expect.objectContaining({ slide: false, confirm: 1 }),
    ]);
  });

  test('with confirm: false counts as use, and leaves open whether the successor ever arrived', async () => {
    const sessions = bench.open({ rotation: { grace: '1s' } });
    const { tokens, session } = await signedIn(sessions);
    const next = await renewed(sessions, tokens.refreshToken);
    bench.time.advance(minute);
    await sessions.verify(next.accessToken, laptop, { confirm: false });
    await sessions.flush();
    expect(await sessions.get(session.id)).toMatchObject({ lastSeenAt: iso() });
    bench.time.advance(minute);
    expect(await renewed(sessions, tokens.refreshToken)).toEqual(next);
    await sessions.verify(next.accessToken);
    await sessions.flush();
    bench.time.advance(1_000);
    expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject({ status: 'reused' });
  });

  test('of the token that rotation replaced confirms nothing', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    await renewed(sessions, tokens.refreshToken);
    const calls = await bench.store.callsDuring(async () => {
      await sessions.verify(tokens.accessToken);
      await sessions.flush();
    });
    expect(calls).toEqual(['find']);
  });
});
