import { renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('trust in a device on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  test('lasts through renewal, new tokens by force and a change of password', async () => {
    const sessions = bench.open();
    const { userId, session, tokens } = await signedIn(sessions);
    await sessions.update(session.id, { trusted: true });
    await renewed(sessions, tokens.refreshToken);
    expect(await sessions.reissue(session.id, { methods: ['pwd'] })).toMatchObject({ session: { trusted: true } });
    const change = { except: session.id, reissue: true, reason: 'password_changed' };
    expect(await sessions.revokeAll(userId, change)).toMatchObject({ reissued: { session: { trusted: true } } });
    expect(await sessions.revokeUntrusted(userId)).toMatchObject({ count: 0 });
    expect(await sessions.get(session.id)).toMatchObject({ trusted: true });
  });

  test('is of one session: the next sign-in there, and the user’s other sessions, have none', async () => {
    const sessions = bench.open();
    const first = await signedIn(sessions, { deviceId: 'laptop' });
    await sessions.update(first.session.id, { trusted: true });
    const again = await signedIn(sessions, { userId: first.userId, deviceId: 'laptop' });
    expect(again.session.trusted).toBe(false);
    expect(await sessions.revokeUntrusted(first.userId)).toMatchObject({ count: 1 });
    expect(await sessions.verify(again.tokens.accessToken)).toMatchObject({
      status: 'revoked',
      reason: 'untrusted',
    });
  });

  test('that is withdrawn is gone', async () => {
    const sessions = bench.open();
    const { userId, session } = await signedIn(sessions);
    await sessions.update(session.id, { trusted: true });
    await sessions.update(session.id, { trusted: false });
    expect(await sessions.revokeUntrusted(userId)).toMatchObject({ count: 1 });
  });

  test('spares no one where all of a user’s sessions end', async () => {
    const sessions = bench.open();
    const { userId, session } = await signedIn(sessions);
    await sessions.update(session.id, { trusted: true });
    expect(await sessions.revokeAll(userId)).toMatchObject({ count: 1 });
  });
});
