import type { Rekey } from '../../lib/store/commands';
import { rejectionOf } from '../fixtures/refusal-of';
import { laptop, listenTo, renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('forced rotation on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  const after = (milliseconds: number): string => new Date(bench.time.now() + milliseconds).toISOString();

  test('A8 gives new tokens; the old ones and their parents are invalid at once and harmless', async () => {
    const sessions = bench.open();
    const { tokens, session } = await signedIn(sessions);
    const second = await renewed(sessions, tokens.refreshToken);
    const outcome = await sessions.reissue(session.id);
    if (outcome.status !== 'reissued') throw new Error(outcome.status);
    for (const old of [tokens, second]) {
      expect(await sessions.verify(old.accessToken)).toMatchObject({ status: 'invalid' });
      expect(await sessions.refresh(old.refreshToken, laptop)).toMatchObject({ status: 'invalid' });
    }
    expect(await sessions.verify(outcome.tokens.accessToken)).toMatchObject({
      status: 'active',
      session: { id: session.id },
    });
    expect(await sessions.refresh(outcome.tokens.refreshToken!)).toMatchObject({ status: 'rotated' });
  });

  test('starts the windows anew, counts as use, and never moves the absolute limit', async () => {
    const sessions = bench.open({ lifetimes: { idle: '1h' } });
    const { session } = await signedIn(sessions);
    bench.time.advance(10 * minute);
    expect(await sessions.reissue(session.id)).toMatchObject({
      session: {
        current: true,
        lastSeenAt: after(0),
        authenticatedAt: session.authenticatedAt,
        deadlines: {
          access: after(15 * minute),
          refresh: after(22.5 * minute),
          idle: after(60 * minute),
          absolute: session.deadlines.absolute,
        },
      },
      tokens: { accessExpiresAt: after(15 * minute), refreshExpiresAt: after(22.5 * minute) },
    });
  });

  test('A21 notes what the user proved just now, and when', async () => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions, { methods: ['pwd'] });
    bench.time.advance(minute);
    const now = bench.time.now();
    expect(await sessions.reissue(session.id, { authenticatedAt: now, methods: ['pwd', 'otp'] })).toMatchObject({
      session: { authenticatedAt: after(0), methods: ['pwd', 'otp'] },
    });
    expect(await sessions.reissue(session.id, { methods: ['hwk'] })).toMatchObject({
      session: { authenticatedAt: after(0), methods: ['hwk'] },
    });
    expect(await sessions.reissue(session.id, { authenticatedAt: now + 1 })).toMatchObject({
      session: { authenticatedAt: after(0), methods: ['hwk'] },
    });
    expect(await sessions.reissue(session.id, { authenticatedAt: 0, methods: [] })).toMatchObject({
      session: { authenticatedAt: '1970-01-01T00:00:00.000Z', methods: [] },
    });
    expect(await sessions.get(session.id)).toMatchObject({ methods: [] });
  });

  test('gives no refresh token where they are off', async () => {
    const sessions = bench.open({ lifetimes: { refreshToken: false } });
    const { session, tokens } = await signedIn(sessions);
    const outcome = await sessions.reissue(session.id);
    expect(outcome).toMatchObject({ status: 'reissued' });
    expect(Object.keys((outcome as { tokens: object }).tokens)).toEqual(['accessToken', 'accessExpiresAt']);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'invalid' });
  });

  test('tells of itself in an event and in the history, and takes two round trips', async () => {
    const sessions = bench.open();
    const { session, userId } = await signedIn(sessions);
    const heard = listenTo(sessions);
    expect(await bench.store.callsDuring(() => sessions.reissue(session.id))).toEqual(['find', 'rekey']);
    expect(heard).toMatchObject([{ name: 'session.reissued', event: { session: { id: session.id } } }]);
    expect((await sessions.history(userId)).data[0]).toMatchObject({
      event: 'session_reissued',
      sessionId: session.id,
    });
  });

  test('C-IDOR answers alike for an unknown, an ended, an expired and another user’s session', async () => {
    const sessions = bench.open();
    const { session, tokens } = await signedIn(sessions);
    const gone = await signedIn(sessions);
    await sessions.revoke(gone.session.id);
    for (const [id, owner] of [
      [session.id, bench.newUser()],
      [gone.session.id, gone.userId],
      ['8f14e45f-ceea-467f-a8f0-000000000000', undefined],
      ['', undefined],
      [session.id.toUpperCase(), undefined],
    ] as const) {
      expect(await sessions.reissue(id, owner === undefined ? {} : { owner })).toEqual({ status: 'not-found' });
    }
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    bench.time.advance(23 * minute);
    expect(await sessions.reissue(session.id)).toEqual({ status: 'not-found' });
  });

  test('of a session that ends meanwhile gives nothing', async () => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions);
    bench.store.interceptNext('rekey', async (proceed) => {
      await sessions.revoke(session.id);
      return proceed();
    });
    expect(await sessions.reissue(session.id)).toEqual({ status: 'not-found' });
  });

  test('loses no change that another request makes meanwhile', async () => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions);
    const versions: unknown[] = [];
    bench.store.interceptNext('rekey', async (proceed, command) => {
      versions.push((command as Rekey).amendment?.version);
      await sessions.update(session.id, { name: 'Kitchen' });
      return proceed();
    });
    expect(await sessions.reissue(session.id, { methods: ['otp'] })).toMatchObject({
      status: 'reissued',
      session: { device: { name: 'Kitchen' }, methods: ['otp'] },
    });
    expect(versions).toEqual([0]);
  });

  test.each([
    ['methods', 'pwd'],
    ['methods', ['a b']],
    ['authenticatedAt', Number.NaN],
    ['authenticatedAt', 'now'],
    ['owner', ''],
  ])('%s: %p is refused', async (field, value) => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions);
    const error = await rejectionOf(sessions.reissue(session.id, { [field]: value }));
    expect(error).toMatchObject({ code: 'request_invalid', field });
  });

  test('an unknown member is refused: a misspelt owner must not let anyone through', async () => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions);
    const error = await rejectionOf(sessions.reissue(session.id, { ownr: 'mallory' } as never));
    expect(error.message).toContain("did you mean 'owner'?");
  });
});
