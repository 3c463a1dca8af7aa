import type { SessionManager } from '../../../lib/session-manager';
import type { IssueRequestTokenInput, RedeemRequestTokenOptions } from '../../../lib/use-cases/exchange/inputs';
import { idsOf } from '../../fixtures/devices';
import { newPkce } from '../../fixtures/pkce';
import { laptop, listenTo, phone, SessionBench, signedIn } from '../../fixtures/session-bench';
import { minute } from '../../fixtures/session-record';
import { storeKinds } from '../../fixtures/stores';

describe.each(storeKinds)('an exchange, on $name', (kind) => {
  let bench: SessionBench;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());

  /** A request token, and how its client redeems it. */
  async function requested(sessions: SessionManager, changes: Partial<IssueRequestTokenInput> = {}) {
    const { codeVerifier, codeChallenge } = newPkce();
    const userId = changes.userId ?? bench.newUser();
    const { requestToken, expiresAt } = await sessions.exchange.issue({ userId, codeChallenge, ...changes });
    const redeem = (options: Partial<RedeemRequestTokenOptions> = {}, at = sessions) =>
      at.exchange.redeem(requestToken, { codeVerifier, client: phone, ...options });
    return { userId, requestToken, expiresAt, redeem };
  }

  test('whoever answers the challenge gets the session that was asked for, on any node', async () => {
    const [sessions, other] = [bench.open(), bench.open()];
    const wanted = {
      applicationId: 'ios',
      remember: true,
      scope: ['orders'],
      data: { plan: 'gold', none: [] },
      methods: ['fed'],
    };
    const issuedAt = bench.time.now();
    const { userId, expiresAt, redeem } = await requested(sessions, wanted);
    expect(expiresAt).toBe(new Date(issuedAt + minute).toISOString());
    bench.time.advance(5_000);
    const calls = await bench.store.callsDuring(async () => {
      const outcome = await redeem({ applicationId: 'ios' }, other);
      expect(outcome).toMatchObject({
        status: 'created',
        transport: 'bearer',
        session: {
          userId,
          ...wanted,
          device: { type: 'phone' },
          ip: phone.ip,
          authenticatedAt: new Date(issuedAt).toISOString(),
          createdAt: new Date(issuedAt + 5_000).toISOString(),
        },
        ended: [],
      });
      if (outcome.status !== 'created') throw new Error(outcome.status);
      expect((await sessions.verify(outcome.tokens.accessToken)).status).toBe('active');
    });
    expect(calls).toEqual(['findOneTime', 'consumeOneTime', 'create', 'find']);
  });

  test('A7 of a hundred parallel exchanges on two nodes, one makes a session', async () => {
    const nodes = [bench.open(), bench.open()];
    const { userId, redeem } = await requested(nodes[0]!);
    const outcomes = await Promise.all(Array.from({ length: 100 }, (_, index) => redeem({}, nodes[index % 2])));
    expect(outcomes.filter(({ status }) => status === 'created')).toHaveLength(1);
    expect(outcomes.filter(({ status }) => status === 'spent')).toHaveLength(99);
    expect(await idsOf(nodes[0]!, userId)).toHaveLength(1);
  });

  test('A7 a wrong verifier is refused, audited, and spends the token', async () => {
    const sessions = bench.open();
    const { userId, redeem } = await requested(sessions);
    const heard = listenTo(sessions);
    const refused = await redeem({ codeVerifier: newPkce().codeVerifier });
    expect(refused).toMatchObject({
      status: 'invalid',
      error: { code: 'one_time_token_invalid', status: 403, reason: 'invalid' },
    });
    expect(await redeem()).toMatchObject({ status: 'spent', error: { reason: 'spent' } });
    expect((await sessions.history(userId)).data).toMatchObject([
      { event: 'one_time_token_refused', reason: 'spent', ip: phone.ip },
      { event: 'one_time_token_refused', reason: 'wrong_verifier', actor: { type: 'user' }, ip: phone.ip },
      { event: 'one_time_token_issued', reason: 'session_exchange', actor: { type: 'user' } },
    ]);
    const purpose = 'session_exchange';
    expect(heard).toEqual([
      { name: 'one-time-token.refused', event: { purpose, userId, reason: 'wrong_verifier' } },
      { name: 'one-time-token.refused', event: { purpose, userId, reason: 'spent' } },
    ]);
    expect(await idsOf(sessions, userId)).toEqual([]);
  });

  test.each([
    ['ios', 'android', false],
    ['ios', 'default', false],
    [undefined, 'ios', false],
    ['ios', undefined, true],
    ['ios', 'ios', true],
    [undefined, 'default', true],
  ])('A7 a token that was issued for %p, shown by %p: signs in: %p', async (bound, shown, signsIn) => {
    const sessions = bench.open();
    const { userId, redeem } = await requested(sessions, { applicationId: bound });
    const { status } = await redeem({ applicationId: shown });
    expect(status).toBe(signsIn ? 'created' : 'invalid');
    expect((await redeem()).status).toBe('spent');
    const { data } = await sessions.history(userId);
    expect(data.some(({ reason }) => reason === 'wrong_application')).toBe(!signsIn);
  });

  test('A7 it opens until its last millisecond; an expired one is refused and audited', async () => {
    const sessions = bench.open();
    for (const [lifetime, milliseconds] of [
      [undefined, 60_000],
      ['10m', 600_000],
    ] as const) {
      const [last, late] = [await requested(sessions, { lifetime }), await requested(sessions, { lifetime })];
      bench.time.advance(milliseconds - 1);
      expect((await last.redeem()).status).toBe('created');
      bench.time.advance(1);
      expect(await late.redeem()).toMatchObject({ status: 'expired', error: { reason: 'expired' } });
      const { data } = await sessions.history(late.userId);
      expect(data[0]).toMatchObject({ event: 'one_time_token_refused', reason: 'expired' });
    }
  });

  test('A37 ending all sessions between the two steps stops the second, and so does a later first one', async () => {
    const sessions = bench.open();
    const before = await sessions.now();
    const userId = bench.newUser();
    bench.time.advance(1_000);
    const stale = await requested(sessions, { userId });
    await sessions.revokeAll(userId);
    bench.time.advance(1_000);
    expect(await stale.redeem()).toMatchObject({ status: 'stale-sign-in', error: { code: 'stale_sign_in' } });
    const older = await requested(sessions, { userId, startedAt: before });
    expect((await older.redeem()).status).toBe('stale-sign-in');
    const fresh = await requested(sessions, { userId });
    expect((await fresh.redeem()).status).toBe('created');
  });

  test('A37 a first step that claims to have begun later than it did is stopped as well', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const early = await requested(sessions, { userId, startedAt: (await sessions.now()) + 60_000 });
    bench.time.advance(1_000);
    await sessions.revokeAll(userId);
    bench.time.advance(1_000);
    expect((await early.redeem()).status).toBe('stale-sign-in');
  });

  test('the limits are those of a sign-in: the person chooses, and goes on as the transport says', async () => {
    const sessions = bench.open({ limit: { max: 1 } });
    const { userId, session } = await signedIn(sessions);
    const { redeem } = await requested(sessions, { userId, transport: 'cookie' });
    const asked: string[] = [];
    const outcome = await redeem({
      carry: 'theirs',
      prepare: (transport) => {
        asked.push(transport);
        return { carry: `by ${transport}` };
      },
    });
    if (outcome.status !== 'limit-reached') throw new Error(outcome.status);
    expect(asked).toEqual(['cookie']);
    expect(outcome.sessions).toMatchObject([{ id: session.id }]);
    expect(await sessions.resolveLimit(outcome.resolutionToken, session.id)).toMatchObject({
      status: 'created',
      session: { device: { type: 'phone' } },
      carry: 'by cookie',
    });
    const other = await requested(sessions, { userId });
    expect((await other.redeem({ limit: { max: 2 } })).status).toBe('created');
  });

  test('it takes over from the sessions that it is told to, and from the same device', async () => {
    const sessions = bench.open({ limit: { max: 2 } });
    const { userId, tokens, session } = await signedIn(sessions, { deviceId: 'laptop-1' });
    const first = await requested(sessions, { userId });
    expect(await first.redeem({ replaces: [tokens.accessToken] })).toMatchObject({
      status: 'created',
      ended: [{ id: session.id, reason: 'replaced' }],
    });
    const { session: second } = await signedIn(sessions, { userId, deviceId: 'laptop-2', client: laptop });
    const again = await requested(sessions, { userId });
    expect(await again.redeem({ prepare: () => ({ deviceId: 'laptop-2' }) })).toMatchObject({
      status: 'created',
      ended: [{ id: second.id, reason: 'replaced' }],
    });
  });

  test('what `prepare` throws the call throws, and the token is not spent', async () => {
    const sessions = bench.open();
    const { redeem } = await requested(sessions);
    const error = new Error('not from here');
    const prepare = (): never => {
      throw error;
    };
    await expect(redeem({ prepare })).rejects.toBe(error);
    expect((await redeem()).status).toBe('created');
  });

  test('A3 A56 what is no token costs no call to the store', async () => {
    const sessions = bench.open();
    const { codeVerifier } = newPkce();
    const { requestToken } = await requested(sessions);
    const calls = await bench.store.callsDuring(async () => {
      for (const wrong of ['', requestToken.slice(1), requestToken.padEnd(1_000_000, 'A'), undefined, 7]) {
        expect((await sessions.exchange.redeem(wrong as string, { codeVerifier })).status).toBe('invalid');
      }
    });
    expect(calls).toEqual([]);
  });

  test('A32 where the store does not answer before the token is spent, it can be shown again', async () => {
    const sessions = bench.open();
    const { redeem, userId } = await requested(sessions);
    for (const verb of ['findOneTime', 'consumeOneTime'] as const) {
      bench.store.failNext(verb);
      await expect(redeem()).rejects.toMatchObject({ code: 'store_unavailable' });
    }
    expect((await redeem()).status).toBe('created');
    const late = await requested(sessions, { userId });
    bench.store.failNext('create');
    await expect(late.redeem()).rejects.toMatchObject({ code: 'store_unavailable' });
    expect((await late.redeem()).status).toBe('spent');
  });
});
