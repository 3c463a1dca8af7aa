import { inspect } from 'node:util';
import type { SessionManager } from '../../../lib/session-manager';
import { userExport } from '../../../lib/contract/user-export';
import { SessionBench, signedIn } from '../../fixtures/session-bench';
import { storeKinds } from '../../fixtures/stores';
import { everythingOn, liveFully } from './full-life';

const account = 'alice@example.com';

describe.each(storeKinds)('on $name', (kind) => {
  let bench: SessionBench;
  let sessions: SessionManager;

  beforeEach(() => {
    bench = new SessionBench(kind);
    sessions = bench.open(everythingOn);
  });

  afterEach(() => bench.close());

  test('A78 an export is all that is kept of a user, and plain JSON', async () => {
    const ids = await liveFully(sessions, 'alice', account);
    const all = await sessions.privacy.export('alice', { accounts: [account] });
    expect(JSON.parse(JSON.stringify(all))).toEqual(all);
    expect(userExport.parse(all)).toEqual(all);
    const { active, ended } = all.sessions;
    const shown = [...active, ...ended].map(({ id }) => id);
    expect(new Set(shown)).toEqual(new Set([...ids, ...shown]));
    expect(active).toContainEqual(
      expect.objectContaining({ userId: 'alice', data: { note: 'of alice' }, risk: expect.anything() as object }),
    );
    expect(all).toMatchObject({ userId: 'alice', limit: 9, accounts: [{ account, status: 'suspended' }] });
    expect(all.history).toEqual((await sessions.history('alice', { limit: 100 })).data);
    expect(all.oneTimeTokens.map(({ purpose, uses }) => `${purpose} ${uses}`).sort()).toEqual(
      ['invitation 2', 'limit_resolution 1', 'disown 1', 'session_exchange 0', 'session_exchange 1'].sort(),
    );
    expect(all.accessLog.map(({ operation }) => operation)).toHaveLength(7);
    expect(all.audit.waiting.length).toBeGreaterThanOrEqual(all.history.length);
    expect(all.accounts[0]!.history.map(({ event }) => event)).toContain('account_locked');
  });

  test('A78 it holds nothing of anybody else, and no token, digest or secret', async () => {
    const { tokens } = await signedIn(sessions, { userId: 'alice' });
    const { token } = await sessions.oneTimeTokens.issue({
      ...{ purpose: 'invitation', lifetime: '5m', userId: 'alice' },
      data: { code: 'open sesame' },
    });
    await liveFully(sessions, 'bob', 'bob@example.com');
    const text = inspect(await sessions.privacy.export('alice'), { depth: 20, maxArrayLength: null });
    for (const secret of [tokens.accessToken, tokens.refreshToken, token, 'bob', 'open sesame', 'igest', 'sot_']) {
      expect([secret, text.includes(secret)]).toEqual([secret, false]);
    }
  });

  test('of a user who is not known it is empty, and writes nothing', async () => {
    expect(await sessions.privacy.export('nobody')).toMatchObject({
      sessions: { active: [], expired: [], ended: [] },
      history: [],
      limit: null,
      oneTimeTokens: [],
      accessLog: [],
      audit: { waiting: [], deadLetters: [], feed: [] },
      accounts: [],
    });
    expect((await sessions.privacy.export('nobody')).history).toEqual([]);
  });
});
