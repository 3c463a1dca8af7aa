import type { Client, LimitReached, SessionManager } from '../../../lib';
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
import { storeKinds } from '../../fixtures/stores';

describe.each(storeKinds)('the risk of a sign-in that a limit stopped, on $name', (kind) => {
  let bench: SessionBench;
  let dial: RiskDial;
  let sessions: SessionManager;
  let own: SignedIn;
  beforeEach(async () => {
    bench = new SessionBench(kind);
    dial = new RiskDial();
    sessions = bench.open({
      limit: { max: 1 },
      risk: dial.options({ onSignIn: { medium: 'step-up', high: 'revoke' } }),
    });
    own = await signedIn(sessions);
  });
  afterEach(() => bench.close());

  async function stopped(): Promise<LimitReached> {
    const outcome = await sessions.create({ userId: own.userId, client: laptop, deviceId: 'browser' });
    if (outcome.status !== 'limit-reached') throw new Error(outcome.status);
    return outcome;
  }

  const resume = ({ resolutionToken }: LimitReached, client?: Client) =>
    sessions.resolveLimit(resolutionToken, own.session.id, { client });

  test('is judged before the limit: who is refused learns nothing of the sessions in the way', async () => {
    dial.level = 'high';
    const outcome = await sessions.create({ userId: own.userId, client: phone });
    expect(outcome).toMatchObject({ status: 'sign-in-refused' });
    expect(outcome).not.toHaveProperty('sessions');
  });

  test('is judged again by who goes on, and the session is theirs', async () => {
    const outcome = await stopped();
    const { facts } = dial;
    const resumed = await resume(outcome, phone);
    if (resumed.status !== 'created') throw new Error(resumed.status);
    expect(facts.at(-1)).toMatchObject({ occasion: 'sign-in', now: { ip: phone.ip, device: { os: 'iOS' } } });
    expect(facts.at(-1)!.now.deviceMark).toBe(facts.at(-2)!.now.deviceMark);
    expect(resumed.session).toMatchObject({ ip: phone.ip, device: { os: 'iOS' }, risk: { level: 'none' } });
    const calls = await bench.store.callsDuring(() => sessions.verify(resumed.tokens.accessToken, phone));
    expect(calls).toEqual(['find']);
  });

  test('C-theft a risk that has become too high refuses it: nothing ends, and the history tells', async () => {
    const outcome = await stopped();
    dial.level = 'high';
    const heard = listenTo(sessions);
    expect(await resume(outcome, phone)).toMatchObject({
      status: 'sign-in-refused',
      error: { code: 'sign_in_refused' },
    });
    expect(namesOf(heard)).toEqual(['risk.noticed', 'sign-in.refused']);
    expect(await sessions.get(own.session.id)).toBeDefined();
    expect((await sessions.history(own.userId)).data[0]).toMatchObject({ event: 'sign_in_refused', ip: phone.ip });
    dial.level = 'none';
    expect(await resume(outcome, laptop)).toMatchObject({ status: 'created' });
  });

  test('C-theft to be stopped and to go on from elsewhere is no way around the first judgement', async () => {
    dial.level = 'medium';
    const outcome = await stopped();
    dial.level = 'none';
    const heard = listenTo(sessions);
    const resumed = await resume(outcome, phone);
    if (resumed.status !== 'created') throw new Error(resumed.status);
    expect(resumed.session).toMatchObject({ stepUpRequired: true, risk: { level: 'medium', score: 50 } });
    expect(await sessions.verify(resumed.tokens.accessToken, phone)).toMatchObject({ status: 'step-up-required' });
    expect(namesOf(heard)).toContain('session.step-up-required');
  });

  test('goes by what it was where nobody tells who goes on', async () => {
    dial.level = 'medium';
    const outcome = await stopped();
    dial.level = 'none';
    expect(await resume(outcome)).toMatchObject({
      status: 'created',
      session: { ip: laptop.ip, stepUpRequired: true },
    });
  });

  test('costs nothing where risk is not judged', async () => {
    const plain = bench.open({ limit: { max: 1 } });
    const { userId, session } = await signedIn(plain);
    const outcome = await plain.create({ userId, client: laptop });
    if (outcome.status !== 'limit-reached') throw new Error(outcome.status);
    const calls = await bench.store.callsDuring(() =>
      plain.resolveLimit(outcome.resolutionToken, session.id, { client: phone }),
    );
    expect(calls).toEqual(['findOneTime', 'create']);
  });
});
