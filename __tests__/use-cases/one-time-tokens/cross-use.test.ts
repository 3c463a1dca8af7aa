import type { SessionManager } from '../../../lib/session-manager';
import { stopped } from '../../fixtures/devices';
import { newPkce } from '../../fixtures/pkce';
import { SessionBench, signedIn } from '../../fixtures/session-bench';
import { storeKinds } from '../../fixtures/stores';

const pkce = newPkce();

/** A token of each kind, all of them good. */
async function oneOfEach(sessions: SessionManager, userId: string): Promise<Record<string, string>> {
  const { session, tokens } = await signedIn(sessions, { userId });
  const { resolutionToken } = await stopped(sessions, { userId });
  const { token } = await sessions.oneTimeTokens.issue({ purpose: 'login', lifetime: '1m', userId });
  const { codeChallenge } = pkce;
  const { requestToken } = await sessions.exchange.issue({ userId, codeChallenge });
  const link = await sessions.disowning.issue(session.id);
  return {
    access: tokens.accessToken,
    refresh: tokens.refreshToken,
    resolution: resolutionToken,
    token,
    requestToken,
    link: link.status === 'issued' ? link.token : '',
  };
}

/** What opens each kind of token; each tells whether it did. */
const uses: Record<string, (sessions: SessionManager, token: string, target: string) => Promise<boolean>> = {
  access: async (sessions, token) => (await sessions.verify(token)).status === 'active',
  refresh: async (sessions, token) => (await sessions.refresh(token)).status === 'rotated',
  token: async (sessions, token) =>
    (await sessions.oneTimeTokens.redeem(token, { purpose: 'login' })).status === 'redeemed',
  resolution: async (sessions, token, target) => (await sessions.resolveLimit(token, target)).status === 'created',
  requestToken: async (sessions, token) => {
    const { codeVerifier } = pkce;
    const { status } = await sessions.exchange.redeem(token, { codeVerifier, limit: {} });
    return status === 'created';
  },
  // The last: it ends what the others opened.
  link: async (sessions, token) => (await sessions.disowning.disown(token)).status === 'disowned',
};

describe.each(storeKinds)('on $name', (kind) => {
  let bench: SessionBench;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());

  test('A4 A7 of six kinds of tokens each opens its own lock alone, and is not spent at any other', async () => {
    const sessions = bench.open({ limit: { max: 1 } });
    const userId = bench.newUser();
    const tokens = await oneOfEach(sessions, userId);
    const [target] = (await sessions.list(userId)).data;
    for (const [lock, use] of Object.entries(uses)) {
      for (const [kindOf, token] of Object.entries(tokens)) {
        if (kindOf !== lock)
          expect([lock, kindOf, await use(sessions, token, target!.id)]).toEqual([lock, kindOf, false]);
      }
    }
    for (const [lock, use] of Object.entries(uses)) {
      expect([lock, await use(sessions, tokens[lock]!, target!.id)]).toEqual([lock, true]);
    }
  });
});
