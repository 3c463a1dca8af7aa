import type { SessionManager } from '../../../lib';
import { rejectionOf } from '../../fixtures/refusal-of';
import { RiskDial } from '../../fixtures/risk-dial';
import { laptop, listenTo, namesOf, phone, SessionBench, signedIn } from '../../fixtures/session-bench';
import { storeKinds } from '../../fixtures/stores';

describe.each(storeKinds)('the risk of a sign-in on $name', (kind) => {
  let bench: SessionBench;
  let dial: RiskDial;
  beforeEach(() => {
    bench = new SessionBench(kind);
    dial = new RiskDial();
  });
  afterEach(() => bench.close());

  const signal = (weight: number) => ({ code: 'dial', weight, because: 'the test says so' });
  const newest = async (sessions: SessionManager, userId: string) => (await sessions.history(userId)).data[0];

  test('is kept with the session and in the history, and nothing is said of what is allowed', async () => {
    const sessions = bench.open({ risk: dial.options() });
    dial.level = 'low';
    const heard = listenTo(sessions);
    const { session, userId } = await signedIn(sessions);
    const risk = { score: 30, level: 'low', signals: [signal(30)] };
    expect(session).toMatchObject({ risk, stepUpRequired: false });
    expect(await sessions.get(session.id)).toMatchObject({ risk });
    expect(await newest(sessions, userId)).toMatchObject({
      event: 'session_created',
      reason: null,
      client: { device: { browser: 'Firefox' }, risk: { score: 30, codes: ['dial'] } },
    });
    expect(namesOf(heard)).toEqual(['session.created']);
  });

  test('is told where it is medium', async () => {
    const sessions = bench.open({ risk: dial.options() });
    dial.level = 'medium';
    const heard = listenTo(sessions);
    const { session, userId } = await signedIn(sessions);
    const risk = { score: 50, level: 'medium', signals: [signal(50)] };
    expect(heard.slice(1)).toEqual([
      { name: 'risk.noticed', event: { session, userId, occasion: 'sign-in', risk, action: 'notify' } },
    ]);
  });

  test('where it is high, makes a session that opens nothing, in the one step of the sign-in', async () => {
    const sessions = bench.open({ risk: dial.options() });
    dial.level = 'high';
    const heard = listenTo(sessions);
    let outcome!: Awaited<ReturnType<typeof signedIn>>;
    const calls = await bench.store.callsDuring(async () => (outcome = await signedIn(sessions)));
    expect(calls.sort()).toEqual(['create', 'history', 'list']);
    const { session, tokens, userId } = outcome;
    expect(session.stepUpRequired).toBe(true);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({
      status: 'step-up-required',
      error: { code: 'step_up_required' },
    });
    expect(namesOf(heard)).toEqual(['session.created', 'risk.noticed', 'session.step-up-required']);
    expect(heard[2]!.event).toMatchObject({ session, occasion: 'sign-in', risk: { score: 100 } });
    expect(await newest(sessions, userId)).toMatchObject({ event: 'session_created', reason: 'step_up' });
  });

  test('C-theft where the policy says so, refuses it: no session, a trace in the history, and no reason for whoever tried', async () => {
    const sessions = bench.open({ risk: dial.options({ onSignIn: { high: 'revoke' } }) });
    dial.level = 'high';
    const heard = listenTo(sessions);
    const userId = bench.newUser();
    const outcome = await sessions.create({ userId, client: laptop });
    expect(outcome.status).toBe('sign-in-refused');
    const { error } = outcome as Extract<typeof outcome, { status: 'sign-in-refused' }>;
    expect(error).toMatchObject({ code: 'sign_in_refused', status: 403, extensions: {} });
    expect(error.detail ?? error.reason ?? error.field).toBeUndefined();
    expect((await sessions.list(userId)).data).toEqual([]);
    expect((await sessions.history(userId)).data).toMatchObject([
      {
        event: 'sign_in_refused',
        actor: { type: 'user' },
        sessionId: null,
        reason: 'risk',
        client: { risk: { score: 100, codes: ['dial'] } },
      },
    ]);
    expect(namesOf(heard)).toEqual(['risk.noticed', 'sign-in.refused']);
    expect(heard[0]!.event).toMatchObject({ session: null, userId, occasion: 'sign-in', action: 'revoke' });
    expect(heard[1]!.event).toMatchObject({ userId, risk: { score: 100 }, ip: laptop.ip, device: { os: 'Linux' } });
  });

  test('goes by the earlier sign-ins, the other live sessions and the failures before', async () => {
    const sessions = bench.open({ risk: dial.options() });
    const { userId } = await signedIn(sessions, { client: phone, deviceId: 'phone' });
    bench.time.advance(1_000);
    await signedIn(sessions, { userId, failures: 7 });
    const [first, second] = dial.facts;
    expect(first).toMatchObject({ occasion: 'sign-in', before: null, signIns: [], others: [], failures: 0 });
    const known = { ip: phone.ip, device: { os: 'iOS' }, at: bench.time.now() - 1_000 };
    expect(second).toMatchObject({ userId, signIns: [known], others: [known], failures: 7, tokenReusedAt: null });
    expect(second!.now).toMatchObject({ ip: laptop.ip, device: { os: 'Linux' }, at: bench.time.now() });
    expect(second!.signIns[0]!.deviceMark).toMatch(/^[\w-]{11}$/);
  });

  test('remembers that a token of the user was used twice', async () => {
    const sessions = bench.open({ risk: dial.options(), rotation: { grace: '0s' } });
    const { userId, tokens } = await signedIn(sessions);
    await sessions.refresh(tokens.refreshToken, laptop);
    bench.time.advance(5_000);
    expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject({ status: 'reused' });
    await signedIn(sessions, { userId });
    expect(dial.facts.at(-1)).toMatchObject({ tokenReusedAt: bench.time.now() });
  });

  test('C-theft a sign-in that nobody confirmed makes no device and no place a usual one', async () => {
    const sessions = bench.open({ risk: dial.options() });
    const { userId } = await signedIn(sessions);
    dial.level = 'high';
    const stolen = await signedIn(sessions, { userId, client: phone });
    dial.level = 'none';
    await signedIn(sessions, { userId, client: phone });
    expect(dial.facts.at(-1)).toMatchObject({ signIns: [{ ip: laptop.ip }], others: [{ ip: laptop.ip }] });
    bench.time.advance(1_000);
    await sessions.reissue(stolen.session.id, { authenticatedAt: bench.time.now() });
    await signedIn(sessions, { userId, client: phone });
    expect(dial.facts.at(-1)!.signIns.map(({ ip }) => ip)).toEqual([phone.ip, phone.ip, laptop.ip]);
  });

  test('C-theft where the history holds nothing but sign-ins that were refused or never confirmed, takes this for another', async () => {
    const sessions = bench.open({ risk: dial.options({ onSignIn: { high: 'revoke' } }) });
    const userId = bench.newUser();
    dial.level = 'high';
    expect(await sessions.create({ userId, client: phone })).toMatchObject({ status: 'sign-in-refused' });
    dial.level = 'none';
    // To be refused for having been refused would never end.
    const { session } = await signedIn(sessions, { userId, client: phone });
    expect(session).toMatchObject({ stepUpRequired: true, risk: { score: 100 } });
    expect(session.risk!.signals).toMatchObject([{ code: 'unconfirmed_sign_ins' }]);
    await sessions.reissue(session.id, { authenticatedAt: bench.time.now() });
    expect((await signedIn(sessions, { userId, client: phone })).session.stepUpRequired).toBe(false);
  });

  test('B29 a signal or a look-up that fails or gives nonsense is left out, and told', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const fail = () => {
      throw new Error('no answer from the list');
    };
    const broken = [
      { code: 'throws', detect: fail },
      { code: 'nonsense', detect: () => 'high' as never },
      { code: 'heavy', detect: () => ({ because: 'x', weight: 1_000 }) },
    ];
    dial.level = 'low';
    const sessions = bench.open({ risk: dial.options({ signals: broken, anonymous: fail }) });
    const heard = listenTo(sessions);
    const { session, userId } = await signedIn(sessions);
    expect(session.risk).toMatchObject({ score: 30 });
    const failed = heard.filter(({ name }) => name === 'hook.failed').map(({ event }) => event);
    expect(failed).toMatchObject([
      { hook: 'risk.anonymous', userId },
      ...['throws', 'nonsense', 'heavy'].map((signal) => ({ hook: 'risk.signals', userId, signal })),
    ]);
    expect(failed[0]).not.toHaveProperty('signal');
    warn.mockRestore();
  });

  test('asks whether the address is anonymous, and gives signals facts that nobody can change', async () => {
    const asked: string[] = [];
    const anonymous = (ip: string) => asked.push(ip) > 0;
    const sessions = bench.open({ risk: dial.options({ anonymous }), privacy: { ip: 'none' } });
    await signedIn(sessions);
    expect(asked).toEqual([laptop.ip]);
    expect(dial.facts[0]).toMatchObject({ isAnonymous: true, now: { ip: null } });
    expect(Object.isFrozen(dial.facts[0]) && Object.isFrozen(dial.facts[0]!.now)).toBe(true);
  });

  test('A79 a store that does not answer lets nobody in unjudged', async () => {
    const sessions = bench.open({ risk: dial.options() });
    for (const verb of ['history', 'list'] as const) {
      bench.store.failNext(verb);
      const userId = bench.newUser();
      expect(await rejectionOf(sessions.create({ userId, client: laptop }))).toMatchObject({
        code: 'store_unavailable',
      });
      expect((await sessions.list(userId)).data).toEqual([]);
    }
  });

  test('costs nothing where risk is not judged', async () => {
    const sessions = bench.open();
    const calls = await bench.store.callsDuring(async () => {
      expect((await signedIn(sessions)).session).toMatchObject({ risk: null, stepUpRequired: false });
    });
    expect(calls).toEqual(['create']);
  });

  test.each([-1, 1.5, '3', NaN])('refuses %j failures', async (failures) => {
    const sessions = bench.open();
    const input = { userId: 'alice', failures: failures as number };
    expect(await rejectionOf(sessions.create(input))).toMatchObject({ code: 'request_invalid', field: 'failures' });
  });
});
