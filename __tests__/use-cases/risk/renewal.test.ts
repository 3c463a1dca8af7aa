import type { Client, ManagerOptions, SessionManager } from '../../../lib';
import { rejectionOf } from '../../fixtures/refusal-of';
import { RiskDial } from '../../fixtures/risk-dial';
import { laptop, listenTo, namesOf, SessionBench, type SignedIn, signedIn } from '../../fixtures/session-bench';
import { minute } from '../../fixtures/session-record';
import { storeKinds } from '../../fixtures/stores';

const cafe: Client = { ...laptop, ip: '203.0.113.9' };

describe.each(storeKinds)('the risk of a renewal on $name', (kind) => {
  let bench: SessionBench;
  let dial: RiskDial;
  beforeEach(() => {
    bench = new SessionBench(kind);
    dial = new RiskDial();
  });
  afterEach(() => bench.close());

  async function begun(options: ManagerOptions = {}): Promise<{ sessions: SessionManager; own: SignedIn }> {
    const sessions = bench.open({ risk: dial.options(), ...options });
    return { sessions, own: await signedIn(sessions) };
  }

  const calls = (sessions: SessionManager, token: string, client: Client) =>
    bench.store.callsDuring(async () => {
      expect(await sessions.refresh(token, client)).toHaveProperty('tokens');
      await sessions.flush();
    });

  test('costs nothing while the caller stays the same; another one is judged once', async () => {
    const { sessions, own } = await begun();
    expect(await calls(sessions, own.tokens.refreshToken, laptop)).toEqual(['rotate']);
    const other = await signedIn(sessions);
    const judged = await calls(sessions, other.tokens.refreshToken, cafe);
    expect(judged).toEqual(['rotate', 'history', 'list', 'amend']);
    const { accessToken } = other.tokens;
    expect(await bench.store.callsDuring(() => sessions.verify(accessToken, cafe))).toEqual(['find']);
    const unjudged = bench.open();
    expect(await calls(unjudged, (await signedIn(unjudged)).tokens.refreshToken, cafe)).toEqual(['rotate']);
  });

  test('the session it gives shows the risk and the place at once, and keeps them', async () => {
    const { sessions, own } = await begun();
    dial.level = 'medium';
    const heard = listenTo(sessions);
    const outcome = await sessions.refresh(own.tokens.refreshToken, cafe);
    expect(outcome).toMatchObject({ status: 'rotated', session: { ip: cafe.ip, risk: { level: 'medium' } } });
    await sessions.flush();
    expect(await sessions.get(own.session.id)).toMatchObject({ ip: cafe.ip, risk: { level: 'medium' } });
    expect(namesOf(heard)).toEqual(['token.rotated', 'risk.noticed']);
    expect(heard[1]!.event).toMatchObject({ occasion: 'renewal', action: 'notify' });
  });

  test('goes by when the session can have been used before, as early as that can be', async () => {
    const { sessions, own } = await begun({ lifetimes: { accessToken: '15m', refreshToken: '12h' } });
    bench.time.advance(600 * minute);
    await sessions.refresh(own.tokens.refreshToken, cafe);
    // Asleep since its access token ran out: it may have been on a plane all that time.
    expect(dial.facts.at(-1)).toMatchObject({
      occasion: 'renewal',
      before: { ip: laptop.ip, at: bench.time.now() - 600 * minute },
    });
    const later = await signedIn(sessions);
    bench.time.advance(10 * minute);
    await sessions.refresh(later.tokens.refreshToken, cafe);
    expect(dial.facts.at(-1)!.before!.at).toBeLessThanOrEqual(bench.time.now() - 10 * minute);
  });

  test('C-theft high risk takes a fresh login: the tokens renew all the same, and open nothing before', async () => {
    const { sessions, own } = await begun();
    dial.level = 'high';
    const outcome = await sessions.refresh(own.tokens.refreshToken, cafe);
    if (outcome.status !== 'rotated') throw new Error(outcome.status);
    expect(outcome.session.stepUpRequired).toBe(true);
    for (const token of [outcome.tokens.accessToken, own.tokens.accessToken]) {
      expect(await sessions.verify(token, laptop)).toMatchObject({ status: 'step-up-required' });
    }
    const next = await sessions.refresh(outcome.tokens.refreshToken!, laptop);
    expect(next).toMatchObject({ status: 'rotated', session: { stepUpRequired: true } });
  });

  test('C-theft where the policy says so, ends the session, and gives no tokens', async () => {
    const { sessions, own } = await begun({ risk: dial.options({ onUse: { high: 'revoke' } }) });
    dial.level = 'high';
    const outcome = await sessions.refresh(own.tokens.refreshToken, cafe);
    expect(outcome).toMatchObject({ status: 'revoked', reason: 'risk' });
    expect(outcome).not.toHaveProperty('tokens');
    expect(await sessions.verify(own.tokens.accessToken, laptop)).toMatchObject({ reason: 'risk' });
  });

  test('A36 an end while it is judged wins', async () => {
    const { sessions, own } = await begun();
    dial.level = 'high';
    bench.store.interceptNext('amend', async (proceed) => {
      await sessions.revoke(own.session.id, { reason: 'admin' });
      return proceed();
    });
    expect(await sessions.refresh(own.tokens.refreshToken, cafe)).toMatchObject({
      status: 'revoked',
      reason: 'admin',
    });
  });

  test('without onUse it is noted, and nothing is done about it', async () => {
    const { sessions, own } = await begun({ risk: dial.options({ onUse: false }) });
    dial.level = 'high';
    const heard = listenTo(sessions);
    const outcome = await sessions.refresh(own.tokens.refreshToken, cafe);
    expect(outcome).toMatchObject({ status: 'rotated', session: { stepUpRequired: false, risk: { score: 100 } } });
    await sessions.flush();
    expect(await sessions.get(own.session.id)).toMatchObject({ risk: { score: 100 }, stepUpRequired: false });
    expect(namesOf(heard)).toEqual(['token.rotated']);
  });

  test('tabs that repeat each other’s renewal are not judged; who repeats it late or from elsewhere is', async () => {
    const { sessions, own } = await begun();
    const { refreshToken } = own.tokens;
    await sessions.refresh(refreshToken, laptop);
    expect(await calls(sessions, refreshToken, laptop)).toEqual(['rotate', 'repeat']);
    bench.time.advance(minute / 2);
    const late = await calls(sessions, refreshToken, laptop);
    expect(late).toEqual(['rotate', 'repeat', 'history', 'list', 'amend']);
    expect(dial.facts.at(-1)).toMatchObject({ replay: { late: true, otherNetwork: false } });
    dial.level = 'high';
    const outcome = await sessions.refresh(refreshToken, cafe);
    expect(dial.facts.at(-1)).toMatchObject({ replay: { late: true, otherNetwork: true } });
    expect(outcome).toMatchObject({ status: 'repeated', session: { stepUpRequired: true } });
  });

  test('C-theft C-replay a token used twice ends the session as ever, and the event and the history tell what it was worth', async () => {
    const { sessions, own } = await begun({ risk: {} });
    const renewed = await sessions.refresh(own.tokens.refreshToken, laptop);
    if (renewed.status !== 'rotated') throw new Error(renewed.status);
    await sessions.refresh(renewed.tokens.refreshToken!, laptop);
    const heard = listenTo(sessions);
    const before = [...bench.store.calls];
    expect(await sessions.refresh(own.tokens.refreshToken, cafe)).toMatchObject({ status: 'reused' });
    // Nothing is looked up first: the session ends at once.
    expect(bench.store.calls.slice(before.length)).toEqual(['rotate', 'revoke']);
    const reuse = heard.find(({ name }) => name === 'token.reused')!.event;
    expect(reuse).toMatchObject({
      risk: { signals: [{ code: 'token_reuse', weight: 25 }, { code: 'new_network' }] },
    });
    const [entry] = (await sessions.history(own.userId)).data;
    const codes = ['token_reuse', 'new_network'];
    expect(entry).toMatchObject({ event: 'token_reused', client: { risk: { codes } } });
  });

  test('without grace it is judged before anything is spent: a fault leaves the token good', async () => {
    const { sessions, own } = await begun({ rotation: { grace: '0s' } });
    bench.store.failNext('history');
    const { refreshToken } = own.tokens;
    expect(await rejectionOf(sessions.refresh(refreshToken, cafe))).toMatchObject({ code: 'store_unavailable' });
    expect(await calls(sessions, refreshToken, cafe)).toEqual(['find', 'history', 'list', 'rotate', 'amend']);
    dial.level = 'high';
    const strict = bench.open({ rotation: { grace: '0s' }, risk: dial.options({ onUse: { high: 'revoke' } }) });
    const other = await signedIn(bench.open({ rotation: { grace: '0s' } }));
    const outcome = await strict.refresh(other.tokens.refreshToken, cafe);
    expect(outcome).toMatchObject({ status: 'revoked', reason: 'risk' });
  });
});
