import type { Client, SessionManager } from '../../../lib';
import { rejectionOf } from '../../fixtures/refusal-of';
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
import { userAgents } from '../../fixtures/user-agents';

const cafe: Client = { ...laptop, ip: '203.0.113.9' };
const judging = ['find', 'history', 'list'];

describe.each(storeKinds)('the risk of a use on $name', (kind) => {
  let bench: SessionBench;
  let dial: RiskDial;
  let sessions: SessionManager;
  let own: SignedIn;
  beforeEach(async () => {
    bench = new SessionBench(kind);
    dial = new RiskDial();
    sessions = bench.open({ risk: dial.options() });
    own = await signedIn(sessions);
  });
  afterEach(() => bench.close());

  const use = (client?: Client, manager = sessions) => manager.verify(own.tokens.accessToken, client);
  const events = async () => (await sessions.history(own.userId)).data.map(({ event }) => event);
  const shown = () => sessions.get(own.session.id);

  /** The commands of a use, and of what it leaves to be written. */
  const calls = (client: Client, manager = sessions) =>
    bench.store.callsDuring(async () => {
      expect(await use(client, manager)).toMatchObject({ status: 'active' });
      await manager.flush();
    });

  test('costs nothing while the caller stays the same, and nothing where uses are not judged', async () => {
    expect(await calls(laptop)).toEqual(['find']);
    expect(await calls(cafe, bench.open())).toEqual(['find']);
    expect(await calls(cafe, bench.open({ risk: dial.options({ onUse: false }) }))).toEqual(['find']);
    expect(dial.facts).toHaveLength(1);
  });

  test('is judged once for a caller with another address or user agent: two reads at once, and a write behind its back', async () => {
    expect(await calls(cafe)).toEqual([...judging, 'amend']);
    expect(await calls({ ...cafe, userAgent: userAgents.firefoxOnLinuxUpdated })).toEqual([...judging, 'amend']);
    for (const client of [laptop, cafe, laptop]) expect(await calls(client)).toEqual(['find']);
    expect(dial.facts).toHaveLength(3);
  });

  test('the requests of one page share a judgement, until it is written', async () => {
    const asked = await bench.store.callsDuring(async () => {
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => use(cafe)));
      expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['active']));
      await sessions.flush();
    });
    expect(asked.filter((verb) => verb !== 'find').sort()).toEqual(['amend', 'history', 'list']);
  });

  test('remembers eight callers', async () => {
    const callers = Array.from({ length: 8 }, (_, index) => ({ ...laptop, ip: `203.0.113.${index}` }));
    for (const client of callers) expect(await calls(client)).toContain('amend');
    for (const client of callers) expect(await calls(client)).toEqual(['find']);
    expect(await calls(laptop)).toContain('amend');
  });

  test('goes by the session as it was last seen, and by the user’s others', async () => {
    await signedIn(sessions, { userId: own.userId, client: phone });
    bench.time.advance(10 * minute);
    await use(cafe);
    expect(dial.facts.at(-1)).toMatchObject({
      occasion: 'use',
      before: { ip: laptop.ip, at: Date.parse(own.session.lastSeenAt) },
      now: { ip: cafe.ip, at: bench.time.now() },
      others: [{ ip: phone.ip }],
      signIns: [{ ip: phone.ip }, { ip: laptop.ip }],
      replay: null,
    });
  });

  test('what is allowed: the list shows where the session is used now, and the history holds no word of it', async () => {
    dial.level = 'low';
    const updated = { ...cafe, userAgent: userAgents.firefoxOnLinuxUpdated };
    const heard = listenTo(sessions);
    const outcome = await use(updated);
    const risk = { score: 30, level: 'low', signals: [{ code: 'dial', weight: 30, because: 'the test says so' }] };
    const view = { ip: cafe.ip, userAgent: updated.userAgent, device: { browserVersion: '141.0' }, risk };
    expect(outcome).toMatchObject({ status: 'active', session: view });
    await sessions.flush();
    expect(await shown()).toMatchObject(view);
    expect(await events()).toEqual(['session_created']);
    expect(namesOf(heard)).toEqual([]);
  });

  test('another browser is no update: the session stays that of its device', async () => {
    await use({ ...cafe, userAgent: userAgents.chromeOnWindows });
    await sessions.flush();
    expect(await shown()).toMatchObject({ ip: cafe.ip, device: { browser: 'Firefox', os: 'Linux' } });
  });

  test('medium risk is told once, with an entry in the history, and the session goes on', async () => {
    dial.level = 'medium';
    const heard = listenTo(sessions);
    for (let count = 0; count < 3; count++) expect(await use(cafe)).toMatchObject({ status: 'active' });
    await sessions.flush();
    expect(await use(cafe)).toMatchObject({ status: 'active' });
    expect(namesOf(heard)).toEqual(['risk.noticed']);
    expect(heard[0]!.event).toMatchObject({ userId: own.userId, occasion: 'use', action: 'notify' });
    expect(heard[0]!.event).toMatchObject({ session: { id: own.session.id, ip: cafe.ip }, risk: { score: 50 } });
    expect(await events()).toEqual(['risk_noticed', 'session_created']);
    const [entry] = (await sessions.history(own.userId)).data;
    expect(entry).toMatchObject({ ip: cafe.ip, client: { risk: { score: 50, codes: ['dial'] } } });
  });

  test('C-theft high risk takes a fresh login, from this very request on, for everyone who holds the tokens', async () => {
    dial.level = 'high';
    const heard = listenTo(sessions);
    expect(await use(cafe)).toMatchObject({ status: 'step-up-required', error: { code: 'step_up_required' } });
    for (const client of [cafe, laptop, undefined]) {
      expect(await use(client)).toMatchObject({ status: 'step-up-required' });
      expect(await use(client, bench.open())).toMatchObject({ status: 'step-up-required' });
    }
    expect(namesOf(heard)).toEqual(['risk.noticed', 'session.step-up-required']);
    expect(await events()).toEqual(['step_up_required', 'session_created']);
    // Whoever raised it becomes neither the session's place nor known to it.
    expect(await shown()).toMatchObject({ stepUpRequired: true, ip: laptop.ip, risk: { level: 'high' } });
  });

  test('C-theft where the policy says so, ends the session', async () => {
    const strict = bench.open({ risk: dial.options({ onUse: { high: 'revoke' } }) });
    dial.level = 'high';
    const heard = listenTo(strict);
    expect(await use(cafe, strict)).toMatchObject({ status: 'revoked', reason: 'risk' });
    expect(await use(laptop)).toMatchObject({ status: 'revoked', reason: 'risk' });
    expect(namesOf(heard)).toEqual(['session.ended', 'risk.noticed']);
    expect(heard[1]!.event).toMatchObject({ action: 'revoke', session: { reason: 'risk' } });
    const [entry] = (await sessions.history(own.userId)).data;
    expect(entry).toMatchObject({ event: 'session_revoked', reason: 'risk', ip: cafe.ip });
    expect(entry).toMatchObject({ client: { risk: { score: 100 } } });
  });

  test('a hundred requests of a new caller on two nodes make one notice or one step-up', async () => {
    for (const [level, name] of [
      ['medium', 'risk.noticed'],
      ['high', 'session.step-up-required'],
    ] as const) {
      const nodes = [sessions, bench.open({ risk: dial.options() })];
      const heard = nodes.map(listenTo);
      dial.level = level;
      const client = { ...laptop, ip: level === 'high' ? '203.0.113.1' : '203.0.113.2' };
      const uses = Array.from({ length: 100 }, (_, index) => use(client, nodes[index % 2]));
      const statuses = new Set((await Promise.all(uses)).map(({ status }) => status));
      expect([...statuses]).toEqual([level === 'high' ? 'step-up-required' : 'active']);
      await Promise.all(nodes.map((node) => node.flush()));
      expect(namesOf(heard.flat()).filter((heardName) => heardName === name)).toHaveLength(1);
    }
    expect(await events()).toEqual(['step_up_required', 'risk_noticed', 'session_created']);
  });

  test('what changes the session meanwhile is kept, and the use judged by what it has become', async () => {
    dial.level = 'high';
    bench.store.interceptNext('amend', async (proceed) => {
      await sessions.update(own.session.id, { name: 'desk', trusted: true, data: { theme: 'dark' } });
      return proceed();
    });
    expect(await use(cafe)).toMatchObject({ status: 'step-up-required' });
    expect(await shown()).toMatchObject({
      device: { name: 'desk' },
      trusted: true,
      data: { theme: 'dark' },
      stepUpRequired: true,
    });
    expect(dial.facts).toHaveLength(3);
  });

  test('two new callers at once are each judged: the second by where the first has been', async () => {
    const other = bench.open({ risk: dial.options() });
    bench.store.interceptNext('amend', async (proceed) => {
      await use({ ...laptop, ip: '203.0.113.77' }, other);
      await other.flush();
      return proceed();
    });
    await use(cafe);
    await sessions.flush();
    const before = dial.facts.filter(({ now }) => now.ip === cafe.ip).map((facts) => facts.before?.ip);
    expect(before).toEqual([laptop.ip, '203.0.113.77']);
  });

  test('A36 an end in between wins: nothing is judged back to life, and nobody is told', async () => {
    for (const level of ['medium', 'high'] as const) {
      dial.level = 'none';
      const { tokens, session } = await signedIn(sessions);
      dial.level = level;
      const heard = listenTo(sessions);
      bench.store.interceptNext('amend', async (proceed) => {
        await sessions.revoke(session.id, { reason: 'signed_out' });
        return proceed();
      });
      const outcome = await sessions.verify(tokens.accessToken, cafe);
      await sessions.flush();
      if (level === 'high') expect(outcome).toMatchObject({ status: 'revoked', reason: 'signed_out' });
      expect(await sessions.verify(tokens.accessToken, laptop)).toMatchObject({ reason: 'signed_out' });
      expect(namesOf(heard)).toEqual(['session.ended']);
    }
  });

  test('A36 a session that was ended for another reason tells that one', async () => {
    const strict = bench.open({ risk: dial.options({ onUse: { high: 'revoke' } }) });
    dial.level = 'high';
    bench.store.interceptNext('revoke', async (proceed) => {
      await sessions.revoke(own.session.id, { reason: 'admin' });
      return proceed();
    });
    const heard = listenTo(strict);
    expect(await use(cafe, strict)).toMatchObject({ status: 'revoked', reason: 'admin' });
    expect(namesOf(heard)).toEqual([]);
  });

  test('A79 what cannot be judged is refused; what cannot be written behind a request’s back is judged again', async () => {
    bench.store.failNext('history');
    expect(await rejectionOf(use(cafe))).toMatchObject({ code: 'store_unavailable' });
    const heard = listenTo(sessions);
    bench.store.failNext('amend');
    expect(await calls(cafe)).toEqual([...judging, 'amend']);
    expect(heard).toMatchObject([{ name: 'background.failed', event: { operation: 'risk', final: true } }]);
    expect(await calls(cafe)).toEqual([...judging, 'amend']);
    expect(await calls(cafe)).toEqual(['find']);
  });

  test('a step-up whose reply was lost stands, and is told of once at most', async () => {
    dial.level = 'high';
    const heard = listenTo(sessions);
    bench.store.loseReply('amend');
    expect(await rejectionOf(use(cafe))).toMatchObject({ code: 'store_unavailable' });
    expect(await use(cafe)).toMatchObject({ status: 'step-up-required' });
    expect(namesOf(heard)).toEqual([]);
    expect(await events()).toEqual(['step_up_required', 'session_created']);
  });

  test('a session from before risk was judged is judged at its next use', async () => {
    const before = bench.open();
    own = await signedIn(before);
    expect(await calls(laptop)).toEqual([...judging, 'amend']);
    expect(await calls(laptop)).toEqual(['find']);
  });

  test('nobody is judged where no client is given, and one who tells nothing is a caller of their own', async () => {
    dial.level = 'high';
    expect(await use(undefined)).toMatchObject({ status: 'active' });
    expect(await use({})).toMatchObject({ status: 'step-up-required' });
  });

  test('an administrator who acts in the user’s place is not judged', async () => {
    const outcome = await sessions.impersonation.start({
      actor: { id: 'ada', scopes: ['impersonate'] },
      userId: own.userId,
      reason: 'ticket 1',
      client: phone,
    });
    if (outcome.status !== 'started') throw new Error(outcome.status);
    dial.level = 'high';
    const { accessToken } = outcome.tokens;
    expect(await sessions.verify(accessToken, cafe)).toMatchObject({ status: 'active', session: { risk: null } });
    dial.level = 'none';
    await use(cafe);
    expect(dial.facts.at(-1)!.others).toEqual([]);
  });

  test('A77 the session keeps no address by which its callers could be found', async () => {
    const quiet = bench.open({ risk: dial.options(), privacy: { ip: 'none', userAgent: 'none' } });
    own = await signedIn(quiet);
    await use(cafe, quiet);
    await quiet.flush();
    expect(await calls(cafe, quiet)).toEqual(['find']);
    expect(await quiet.get(own.session.id)).toMatchObject({ ip: null, userAgent: null });
    expect(JSON.stringify(await quiet.history(own.userId))).not.toContain(cafe.ip!);
  });
});
