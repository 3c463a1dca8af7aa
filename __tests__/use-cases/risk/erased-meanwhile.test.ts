import type { RiskOptions } from '../../../lib/options/risk';
import { SessionBench, signedIn } from '../../fixtures/session-bench';
import { storeKinds } from '../../fixtures/stores';

describe.each(storeKinds)('a sign-in that was judged while its user was erased on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  test.each([
    ['with a beginning of its own', true],
    ['without', false],
  ])('A78 leaves no trace where it is refused, %s', async (_, ordered) => {
    let erase: (() => Promise<unknown>) | undefined;
    const slow = {
      code: 'slow',
      detect: async () => {
        if (!erase) return null;
        await erase();
        bench.time.advance(5_000);
        return { because: 'the test says so', weight: 100 };
      },
    };
    const risk: RiskOptions = { signals: [slow], onSignIn: { high: 'revoke' } };
    const sessions = bench.open({ risk });
    const { userId } = await signedIn(sessions);
    bench.time.advance(5_000);
    erase = () => sessions.privacy.erase(userId);
    const startedAt = ordered ? { startedAt: await sessions.now() } : {};
    const client = { ip: '203.0.113.9', userAgent: 'curl/8.0' };
    expect(await sessions.create({ userId, client, ...startedAt })).toMatchObject({ status: 'sign-in-refused' });
    expect((await sessions.history(userId)).data).toEqual([]);
    // Whoever tries after it makes a history again.
    erase = () => Promise.resolve();
    bench.time.advance(5_000);
    await sessions.create({ userId, client });
    expect((await sessions.history(userId)).data).toMatchObject([{ event: 'sign_in_refused' }]);
  });
});
