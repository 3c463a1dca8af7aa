import { renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('a request that was admitted before a forced rotation, on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  test('A8 re-keys by its token as long as that is one of the session’s', async () => {
    const sessions = bench.open();
    const { session, tokens } = await signedIn(sessions);
    await renewed(sessions, tokens.refreshToken);
    expect(await sessions.reissue(session.id, { token: tokens.accessToken })).toMatchObject({ status: 'reissued' });
  });

  test('A8 cannot take the session over again', async () => {
    const sessions = bench.open();
    const { session, tokens } = await signedIn(sessions);
    const changed = await sessions.revokeAll(session.userId, {
      except: session.id,
      token: tokens.accessToken,
      reissue: true,
    });
    const { accessToken } = changed.reissued!.tokens;
    expect(await sessions.reissue(session.id, { token: tokens.accessToken })).toEqual({ status: 'not-found' });
    expect(await sessions.reissue(session.id, { token: 'sat_nonsense' })).toEqual({ status: 'not-found' });
    expect(await sessions.verify(accessToken)).toMatchObject({ status: 'active' });
  });

  test('A34 ends the session with the rest where it changes the password with dead tokens', async () => {
    const sessions = bench.open();
    const { session, tokens } = await signedIn(sessions);
    const owner = await sessions.reissue(session.id);
    const outcome = await sessions.revokeAll(session.userId, {
      except: session.id,
      token: tokens.accessToken,
      reissue: true,
    });
    expect(outcome).toMatchObject({ count: 1, reissued: null });
    if (owner.status !== 'reissued') throw new Error(owner.status);
    expect(await sessions.verify(owner.tokens.accessToken)).toMatchObject({ status: 'revoked' });
  });

  test('is refused a token that is none', async () => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions);
    await expect(sessions.revokeAll(session.userId, { except: session.id, token: 'x' })).rejects.toMatchObject({
      code: 'request_invalid',
      field: 'token',
    });
  });
});
