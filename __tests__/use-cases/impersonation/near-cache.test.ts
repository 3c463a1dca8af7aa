import type { SessionManager } from '../../../lib';
import { impersonated, impersonatedBySignedIn } from '../../fixtures/impersonations';
import { SessionBench, signedIn } from '../../fixtures/session-bench';
import { storeKinds } from '../../fixtures/stores';
import { waitUntil } from '../../harness/wait-until';

const gone = { status: 'revoked', reason: 'impersonator_signed_out' };

describe.each(storeKinds)('an impersonated session beside a near cache on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  /** The push is armed once some other session is kept. */
  async function arm(sessions: SessionManager): Promise<void> {
    const { tokens } = await signedIn(sessions);
    await waitUntil(
      'the near cache keeps sessions',
      async () => {
        await sessions.verify(tokens.accessToken);
        return sessions.verifyFromCache(tokens.accessToken) !== undefined;
      },
      15_000,
    );
  }

  test('A38 A76 it is never kept, with a session of the administrator’s or without', async () => {
    const sessions = bench.open({ nearCache: {} });
    await arm(sessions);
    const userId = bench.newUser();
    for (const { tokens } of [
      await impersonated(sessions, { userId }),
      await impersonatedBySignedIn(sessions, { userId }),
    ]) {
      for (let count = 0; count < 3; count++) {
        expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
        expect(sessions.verifyFromCache(tokens.accessToken)).toBeUndefined();
      }
    }
  });

  test('A38 A76 it ends with the administrator’s session, though that is kept', async () => {
    const [sessions, elsewhere] = [bench.open({ nearCache: { maxStale: '60s' } }), bench.open()];
    await arm(sessions);
    const { admin, tokens } = await impersonatedBySignedIn(sessions, { userId: bench.newUser() });
    await sessions.verify(admin.tokens.accessToken);
    await sessions.verify(tokens.accessToken);
    await elsewhere.revoke(admin.session.id);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject(gone);
  });

  test('A38 it joins no read that began before it was ended elsewhere', async () => {
    const [sessions, elsewhere] = [bench.open({ nearCache: { maxStale: '60s' } }), bench.open()];
    await arm(sessions);
    const { session, tokens } = await impersonated(sessions, { userId: bench.newUser() });
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    bench.store.interceptNext('find', async (proceed) => {
      const record = await proceed();
      await held;
      return record;
    });
    const first = sessions.verify(tokens.accessToken);
    const ended = elsewhere.impersonation.stop(session.id);
    await ended;
    const second = sessions.verify(tokens.accessToken);
    release();
    expect(await second).toMatchObject({ status: 'revoked', reason: 'impersonation_stopped' });
    await first;
  });

  test('costs three reads', async () => {
    const sessions = bench.open({ nearCache: {} });
    await arm(sessions);
    const { tokens } = await impersonatedBySignedIn(sessions, { userId: bench.newUser() });
    const calls = await bench.store.callsDuring(() => sessions.verify(tokens.accessToken));
    expect(calls).toEqual(['find', 'find', 'find']);
  });
});
