import { inspect } from 'node:util';
import type { OneTimeTokens } from '../../../lib/use-cases/one-time-tokens/one-time-tokens';
import { readOneTimeToken } from '../../../lib/tokens/one-time-token';
import { userKey, userTag } from '../../../lib/domain/session-id';
import { listenTo, phone, SessionBench } from '../../fixtures/session-bench';
import { minute } from '../../fixtures/session-record';
import { storeKinds } from '../../fixtures/stores';

type Issue = Parameters<OneTimeTokens['issue']>[0];

describe.each(storeKinds)('one-time tokens, on $name', (kind) => {
  let bench: SessionBench;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());

  const invitation: Issue = { purpose: 'registration', lifetime: '1h' };

  test('a token opens once, on any node, with what it was issued with', async () => {
    const [sessions, other] = [bench.open(), bench.open()];
    const userId = bench.newUser();
    const data = { role: 'editor', none: [], big: 2 ** 53 - 1, ü: '🏳️‍🌈' };
    let token = '';
    const calls = await bench.store.callsDuring(async () => {
      const issued = await sessions.oneTimeTokens.issue({ ...invitation, userId, data });
      expect(issued).toEqual({
        status: 'issued',
        token: expect.stringMatching(/^sot_[\w-]{52}$/) as string,
        expiresAt: new Date(bench.time.now() + 60 * minute).toISOString(),
      });
      token = issued.token;
      expect(await other.oneTimeTokens.redeem(token, { purpose: 'registration' })).toEqual({
        status: 'redeemed',
        userId,
        data,
        remainingUses: 0,
      });
    });
    expect(calls).toEqual(['putOneTime', 'consumeOneTime']);
    expect(await sessions.oneTimeTokens.redeem(token, { purpose: 'registration' })).toMatchObject({
      status: 'spent',
      error: { code: 'one_time_token_invalid', status: 403, reason: 'spent' },
    });
  });

  test('A7 of a hundred parallel redemptions on two nodes, one wins', async () => {
    const nodes = [bench.open(), bench.open()];
    const { token } = await nodes[0]!.oneTimeTokens.issue({ ...invitation, userId: bench.newUser() });
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        nodes[index % 2]!.oneTimeTokens.redeem(token, { purpose: 'registration' }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'redeemed')).toHaveLength(1);
    expect(outcomes.filter(({ status }) => status === 'spent')).toHaveLength(99);
  });

  test('with more uses it opens so often, and tells how often it still does', async () => {
    const sessions = bench.open();
    const { token } = await sessions.oneTimeTokens.issue({ ...invitation, maxUses: 3 });
    const left: unknown[] = [];
    for (let count = 0; count < 4; count++) {
      const outcome = await sessions.oneTimeTokens.redeem(token, { purpose: 'registration' });
      left.push(outcome.status === 'redeemed' ? outcome.remainingUses : outcome.status);
    }
    expect(left).toEqual([2, 1, 0, 'spent']);
  });

  test('A7 it opens until its last millisecond, and then it has expired, whatever is left of it', async () => {
    const sessions = bench.open();
    const { token } = await sessions.oneTimeTokens.issue({ ...invitation, lifetime: '10s', maxUses: 2 });
    const redeem = () => sessions.oneTimeTokens.redeem(token, { purpose: 'registration' });
    bench.time.advance(9_999);
    expect((await redeem()).status).toBe('redeemed');
    bench.time.advance(1);
    expect(await redeem()).toMatchObject({ status: 'expired', error: { reason: 'expired' } });
  });

  test('A7 for another purpose it opens nothing, and is not spent by that', async () => {
    const sessions = bench.open();
    const { token } = await sessions.oneTimeTokens.issue({ ...invitation, purpose: 'login' });
    for (const purpose of ['registration', 'logi', 'login2']) {
      expect(await sessions.oneTimeTokens.redeem(token, { purpose })).toMatchObject({
        status: 'invalid',
        error: { code: 'one_time_token_invalid', reason: 'invalid' },
      });
    }
    expect((await sessions.oneTimeTokens.redeem(token, { purpose: 'login' })).status).toBe('redeemed');
  });

  test("a token lies with its user, and one that is nobody's anywhere", async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const tagOf = async (input: Issue): Promise<string> =>
      readOneTimeToken((await sessions.oneTimeTokens.issue(input)).token)!.slice(0, 3);
    expect(await tagOf({ ...invitation, userId })).toBe(userTag(userKey(userId)));
    const tags = new Set<string>();
    for (let count = 0; count < 20; count++) tags.add(await tagOf(invitation));
    expect(tags.size).toBeGreaterThan(10);
    const { token } = await sessions.oneTimeTokens.issue(invitation);
    expect(await sessions.oneTimeTokens.redeem(token, { purpose: 'registration' })).toMatchObject({
      userId: undefined,
      data: {},
    });
  });

  test("the user's history tells who issued it, who redeemed it, and why it was refused", async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const actor = { type: 'admin', id: 'support-7' } as const;
    const { token } = await sessions.oneTimeTokens.issue({ ...invitation, userId, actor });
    const redeem = () => sessions.oneTimeTokens.redeem(token, { purpose: 'registration', client: phone });
    await redeem();
    await redeem();
    bench.time.advance(60 * minute);
    await redeem();
    const { data } = await sessions.history(userId);
    const by = { actor: { type: 'user' }, ip: phone.ip, sessionId: null, count: null };
    expect(data).toMatchObject([
      { ...by, event: 'one_time_token_refused', reason: 'expired' },
      { ...by, event: 'one_time_token_refused', reason: 'spent' },
      { ...by, event: 'one_time_token_redeemed', reason: 'registration' },
      { event: 'one_time_token_issued', reason: 'registration', actor, ip: null },
    ]);
    const unnamed = bench.newUser();
    await sessions.oneTimeTokens.issue({ ...invitation, userId: unnamed });
    expect((await sessions.history(unnamed)).data).toMatchObject([{ actor: { type: 'system' } }]);
  });

  test('A65 events tell of each redemption and refusal, and never hold the token', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const { token } = await sessions.oneTimeTokens.issue({ ...invitation, userId });
    const heard = listenTo(sessions);
    const redeem = (shown: string) => sessions.oneTimeTokens.redeem(shown, { purpose: 'registration' });
    await redeem(token);
    await redeem(token);
    await redeem((await bench.open().oneTimeTokens.issue({ ...invitation, purpose: 'login', userId })).token);
    await redeem('no token');
    const purpose = 'registration';
    expect(heard).toEqual([
      { name: 'one-time-token.redeemed', event: { purpose, userId, remainingUses: 0 } },
      { name: 'one-time-token.refused', event: { purpose, userId, reason: 'spent' } },
      { name: 'one-time-token.refused', event: { purpose, userId: null, reason: 'invalid' } },
      { name: 'one-time-token.refused', event: { purpose, userId: null, reason: 'invalid' } },
    ]);
    expect(JSON.stringify(heard)).not.toContain(token.slice(4, 20));
  });

  test('A6 what the store is given holds neither the token nor its secret', async () => {
    const sessions = bench.open();
    const commands: unknown[] = [];
    const note = (proceed: () => Promise<unknown>, command: unknown): Promise<unknown> => {
      commands.push(command);
      return proceed();
    };
    bench.store.interceptNext('putOneTime', note);
    bench.store.interceptNext('consumeOneTime', note);
    const { token } = await sessions.oneTimeTokens.issue({ ...invitation, userId: bench.newUser() });
    await sessions.oneTimeTokens.redeem(token, { purpose: 'registration' });
    const dump = Buffer.from(inspect(commands, { depth: 20, maxStringLength: null }));
    const secret = Buffer.from(token.slice(4, -6), 'base64url').subarray(2);
    expect(commands).toHaveLength(2);
    for (const encoding of ['base64url', 'hex', 'latin1'] as const) {
      expect(dump.includes(secret.toString(encoding).slice(0, 24))).toBe(false);
    }
    expect(dump.includes(token.slice(8, 32))).toBe(false);
  });

  test('A3 A56 what is no token, or is too long for one, costs no call to the store', async () => {
    const sessions = bench.open();
    const { token } = await sessions.oneTimeTokens.issue(invitation);
    const calls = await bench.store.callsDuring(async () => {
      for (const wrong of ['', `${token}A`, token.slice(1), token.padEnd(1_000_000, 'A'), undefined, null, 7, {}]) {
        const outcome = await sessions.oneTimeTokens.redeem(wrong as string, { purpose: 'registration' });
        expect(outcome.status).toBe('invalid');
      }
    });
    expect(calls).toEqual([]);
  });

  test('A32 a store that does not answer is a fault: nothing is issued, and what was not taken opens later', async () => {
    const sessions = bench.open();
    bench.store.failNext('putOneTime');
    await expect(sessions.oneTimeTokens.issue(invitation)).rejects.toMatchObject({ code: 'store_unavailable' });
    const { token } = await sessions.oneTimeTokens.issue(invitation);
    bench.store.failNext('consumeOneTime');
    const redeem = () => sessions.oneTimeTokens.redeem(token, { purpose: 'registration' });
    await expect(redeem()).rejects.toMatchObject({ code: 'store_unavailable' });
    expect((await redeem()).status).toBe('redeemed');
  });
});
