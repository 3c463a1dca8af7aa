import { renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('a hook that never answers, on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  test('B29 delays no sign-in, check, renewal or sign-out', async () => {
    const sessions = bench.open();
    const never = (): Promise<void> => new Promise(() => undefined);
    for (const name of ['session.created', 'token.rotated', 'session.ended'] as const) {
      sessions.on(name, () => never() as unknown as void);
    }
    const { session, tokens } = await signedIn(sessions);
    const next = await renewed(sessions, tokens.refreshToken);
    expect(await sessions.verify(next.accessToken)).toMatchObject({ status: 'active' });
    expect(await sessions.revoke(session.id)).toMatchObject({ status: 'ended' });
  });
});
