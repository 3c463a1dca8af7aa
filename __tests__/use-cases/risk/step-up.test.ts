import type { Client, SessionManager } from '../../../lib';
import { impersonatedBySignedIn, reason, support } from '../../fixtures/impersonations';
import { RiskDial } from '../../fixtures/risk-dial';
import {
  laptop,
  listenTo,
  namesOf,
  phone,
  SessionBench,
  type SignedIn,
  signedIn,
} from '../../fixtures/session-bench';
import { minute } from '../../fixtures/session-record';
import { storeKinds } from '../../fixtures/stores';
import { waitUntil } from '../../harness/wait-until';

const cafe: Client = { ...laptop, ip: '203.0.113.9' };

describe.each(storeKinds)('a session that owes a fresh login, on $name', (kind) => {
  let bench: SessionBench;
  let dial: RiskDial;
  let sessions: SessionManager;
  let own: SignedIn;
  beforeEach(async () => {
    bench = new SessionBench(kind);
    dial = new RiskDial();
    sessions = bench.open({ risk: dial.options() });
    dial.level = 'high';
    own = await signedIn(sessions);
    dial.level = 'none';
  });
  afterEach(() => bench.close());

  const verified = (options = {}, client?: Client, token = own.tokens.accessToken) =>
    sessions.verify(token, client, options);
  const owing = { status: 'step-up-required', error: { code: 'step_up_required', status: 401 } };

  test('C-2FA opens nothing, with or without a cache, and asks for a login in the words of RFC 9470', async () => {
    const outcome = await verified();
    expect(outcome).toMatchObject(owing);
    expect((outcome as { error: { headers: object } }).error.headers).toEqual({
      'WWW-Authenticate': 'Bearer error="insufficient_user_authentication", max_age="0"',
    });
    expect(await verified({ fresh: true })).toMatchObject(owing);
    expect(await sessions.introspect(own.tokens.accessToken)).toEqual({ active: false });
    expect(await sessions.introspect(own.tokens.refreshToken)).toEqual({ active: false });
    expect(await sessions.hasRecentLogin(own.session, '1h')).toBe(false);
  });

  test('is let in where the caller says so, to confirm it', async () => {
    expect(await verified({ allowStepUp: true })).toMatchObject({
      status: 'active',
      session: { id: own.session.id, stepUpRequired: true },
    });
  });

  test('what is worse comes first: a forged token, an end, its time', async () => {
    const { accessToken } = own.tokens;
    expect(
      await sessions.verify(`${accessToken.slice(0, -1)}${accessToken.endsWith('A') ? 'B' : 'A'}`),
    ).toMatchObject({ status: 'invalid' });
    bench.time.advance(16 * minute);
    expect(await verified()).toMatchObject({ status: 'expired', error: { code: 'token_expired' } });
    bench.time.advance(-16 * minute);
    await sessions.revoke(own.session.id);
    expect(await verified()).toMatchObject({ status: 'revoked' });
  });

  test('C-2FA is never kept in the near cache as one that is open', async () => {
    const near = bench.open({ nearCache: {}, risk: dial.options() });
    const { accessToken } = own.tokens;
    for (let count = 0; count < 3; count++) {
      expect(await near.verify(accessToken, laptop)).toMatchObject(owing);
      expect(await near.verify(accessToken, laptop, { allowStepUp: true })).toMatchObject({ status: 'active' });
      expect(near.verifyFromCache(accessToken, {}, laptop)).toBeUndefined();
      expect(near.verifyFromCache(accessToken, { allowStepUp: true }, laptop)).toBeUndefined();
    }
  });

  test('C-2FA the near cache forgets a session that begins to owe it', async () => {
    const near = bench.open({ nearCache: {}, risk: dial.options() });
    const { tokens } = await signedIn(near);
    await waitUntil('the near cache holds the session', async () => {
      expect(await near.verify(tokens.accessToken, laptop)).toMatchObject({ status: 'active' });
      return near.verifyFromCache(tokens.accessToken, {}, laptop) !== undefined;
    });
    dial.level = 'high';
    // Another caller finds nothing there, and is judged.
    expect(near.verifyFromCache(tokens.accessToken, {}, cafe)).toBeUndefined();
    expect(await near.verify(tokens.accessToken, cafe)).toMatchObject(owing);
    expect(near.verifyFromCache(tokens.accessToken, {}, laptop)).toBeUndefined();
    expect(await near.verify(tokens.accessToken, laptop)).toMatchObject(owing);
  });

  test('goes on owing it through renewal, new tokens, a change of name and a change of password', async () => {
    const renewed = await sessions.refresh(own.tokens.refreshToken, laptop);
    expect(renewed).toMatchObject({ status: 'rotated', session: { stepUpRequired: true } });
    await sessions.update(own.session.id, { name: 'desk', trusted: true });
    const reissued = await sessions.reissue(own.session.id, { methods: ['pwd'] });
    expect(reissued).toMatchObject({ status: 'reissued', session: { stepUpRequired: true } });
    const kept = await sessions.revokeAll(own.userId, { except: own.session.id, reissue: true });
    expect(kept.reissued!.session.stepUpRequired).toBe(true);
    const { accessToken } = kept.reissued!.tokens;
    expect(await verified({}, laptop, accessToken)).toMatchObject(owing);
    // A time from before the session is no fresh login.
    const old = await sessions.reissue(own.session.id, { authenticatedAt: bench.time.now() - minute });
    expect(old).toMatchObject({ session: { stepUpRequired: true } });
  });

  test('a fresh login opens it again, told in an event and in the history; whoever gave it is known from then on', async () => {
    const heard = listenTo(sessions);
    const client = { ...phone, deviceId: 'not-the-one-of-the-sign-in' };
    bench.time.advance(1_000);
    const outcome = await sessions.reissue(own.session.id, { authenticatedAt: bench.time.now(), client });
    if (outcome.status !== 'reissued') throw new Error(outcome.status);
    const answered = { score: 0, level: 'none', signals: [] };
    expect(outcome.session).toMatchObject({ stepUpRequired: false, ip: phone.ip, risk: answered });
    expect(namesOf(heard)).toEqual(['session.reissued', 'session.step-up-confirmed']);
    const { data } = await sessions.history(own.userId);
    expect(data.map(({ event }) => event)).toEqual(['step_up_confirmed', 'session_created']);
    expect(data[0]).toMatchObject({ sessionId: own.session.id, ip: phone.ip, client: { device: { os: 'iOS' } } });
    const judged = dial.facts.length;
    expect(await verified({}, phone, outcome.tokens.accessToken)).toMatchObject({ status: 'active' });
    expect(await verified({}, laptop, outcome.tokens.accessToken)).toMatchObject({ status: 'active' });
    expect(dial.facts).toHaveLength(judged);
    expect(await verified()).toMatchObject({ status: 'invalid' });
  });

  test('a fresh login of a session that owes none is told as ever', async () => {
    const { session, userId } = await signedIn(sessions);
    const heard = listenTo(sessions);
    await sessions.reissue(session.id, { authenticatedAt: bench.time.now(), client: phone });
    expect(namesOf(heard)).toEqual(['session.reissued']);
    expect((await sessions.history(userId)).data[0]).toMatchObject({ event: 'session_reissued' });
    expect(await sessions.get(session.id)).toMatchObject({ ip: laptop.ip });
  });

  test('who raised it is judged again once the user has confirmed', async () => {
    const other = await signedIn(sessions);
    dial.level = 'high';
    expect(await sessions.verify(other.tokens.accessToken, cafe)).toMatchObject(owing);
    const confirmed = await sessions.reissue(other.session.id, {
      authenticatedAt: bench.time.now(),
      client: laptop,
    });
    if (confirmed.status !== 'reissued') throw new Error(confirmed.status);
    expect(await sessions.verify(confirmed.tokens.accessToken, laptop)).toMatchObject({ status: 'active' });
    expect(await sessions.verify(confirmed.tokens.accessToken, cafe)).toMatchObject(owing);
  });

  test('A76 lets nobody act in another’s place', async () => {
    const actor = { ...support, sessionId: own.session.id };
    expect(await sessions.impersonation.start({ actor, userId: 'alice', reason })).toMatchObject({
      status: 'forbidden',
      error: { code: 'step_up_required' },
    });
    const { admin, tokens } = await impersonatedBySignedIn(sessions, { userId: bench.newUser() });
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    dial.level = 'high';
    expect(await sessions.verify(admin.tokens.accessToken, cafe)).toMatchObject(owing);
    expect(await sessions.introspect(tokens.accessToken)).toEqual({ active: false });
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ reason: 'impersonator_signed_out' });
  });

  test('is listed and ended as any other', async () => {
    expect((await sessions.list(own.userId)).data).toMatchObject([{ id: own.session.id, stepUpRequired: true }]);
    expect(await sessions.revokeToken(own.tokens.accessToken)).toMatchObject({ status: 'ended' });
    expect(await verified()).toMatchObject({ status: 'revoked' });
  });
});
