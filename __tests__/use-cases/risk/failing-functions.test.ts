import type { Client, ManagerOptions, RiskOptions, SessionManager } from '../../../lib';
import { RiskDial } from '../../fixtures/risk-dial';
import { laptop, listenTo, namesOf, SessionBench, signedIn } from '../../fixtures/session-bench';
import { storeKinds } from '../../fixtures/stores';

const home: Client = { ...laptop, ip: '91.10.1.1' };
const away: Client = { ...laptop, ip: '41.0.0.1' };
const rest = 5_000;

describe.each(storeKinds)('a use that cannot be judged in full, on $name', (kind) => {
  let bench: SessionBench;
  let isDown: boolean;
  beforeEach(() => {
    bench = new SessionBench(kind);
    isDown = false;
    jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await bench.close();
  });

  const failing = <Answer>(answer: Answer) => {
    if (isDown) throw new Error('loading');
    return answer;
  };
  const resolve = (ip: string) => failing({ country: ip === home.ip ? 'DE' : 'NG' });
  const strict: ManagerOptions = {
    geo: { resolver: { resolve } },
    risk: { onUse: { low: 'step-up', medium: 'step-up' } },
  };

  async function calls(
    sessions: SessionManager,
    use: () => Promise<{ readonly status: string }>,
    status = 'active',
  ) {
    return bench.store.callsDuring(async () => {
      expect(await use()).toMatchObject({ status });
      await sessions.flush();
    });
  }

  test.each(['verify', 'refresh'] as const)(
    'C-theft whoever came by %s while the resolver was down is judged in full once it is back',
    async (way) => {
      const sessions = bench.open(strict);
      const { session, tokens } = await signedIn(sessions, { client: home });
      isDown = true;
      const renewed = way === 'refresh' ? await sessions.refresh(tokens.refreshToken, away) : undefined;
      const { accessToken } = renewed && 'tokens' in renewed ? renewed.tokens : tokens;
      const use = () => sessions.verify(accessToken, away);
      if (way === 'verify') expect(await use()).toMatchObject({ status: 'active' });
      await sessions.flush();
      expect(await sessions.get(session.id)).toMatchObject({ ip: home.ip, location: { country: 'DE' } });
      isDown = false;
      bench.time.advance(rest);
      expect(await use()).toMatchObject({ status: 'step-up-required' });
    },
  );

  test('costs two reads once in five seconds while the resolver is down, and nothing is written', async () => {
    const sessions = bench.open(strict);
    const { tokens } = await signedIn(sessions, { client: home });
    isDown = true;
    const use = () => sessions.verify(tokens.accessToken, away);
    const heard = listenTo(sessions);
    for (let turn = 0; turn < 2; turn++) {
      expect(await calls(sessions, use)).toEqual(['find', 'history', 'list']);
      bench.time.advance(rest - 1);
      for (let count = 0; count < 3; count++) expect(await calls(sessions, use)).toEqual(['find']);
      bench.time.advance(1);
    }
    expect(namesOf(heard)).toEqual(['hook.failed', 'hook.failed']);
  });

  test('shows meanwhile what becomes of the session', async () => {
    const sessions = bench.open(strict);
    const { session, tokens } = await signedIn(sessions, { client: home });
    isDown = true;
    await sessions.verify(tokens.accessToken, away);
    await sessions.update(session.id, { name: 'desk' });
    const outcome = await sessions.verify(tokens.accessToken, away);
    expect(outcome).toMatchObject({ status: 'active', session: { ip: home.ip, device: { name: 'desk' } } });
  });

  test('a place that is not known is an answer: the caller is known from then on', async () => {
    const sessions = bench.open({ ...strict, geo: { resolver: { resolve: () => null } } });
    const { tokens } = await signedIn(sessions, { client: home });
    bench.time.advance(rest);
    expect(await calls(sessions, () => sessions.verify(tokens.accessToken, away), 'active')).toContain('amend');
    expect(await calls(sessions, () => sessions.verify(tokens.accessToken, away))).toEqual(['find']);
  });

  describe.each<[string, RiskOptions]>([
    ['risk.anonymous', { anonymous: () => failing(false) }],
    ['risk.signals', { signals: [{ code: 'own', detect: () => failing(null) }] }],
  ])('where %s fails', (_hook, options) => {
    let dial: RiskDial;
    beforeEach(() => {
      dial = new RiskDial();
    });

    async function opened() {
      const sessions = bench.open({ risk: dial.options(options) });
      const { userId, tokens } = await signedIn(sessions);
      isDown = true;
      const use = (manager = sessions) => manager.verify(tokens.accessToken, away);
      return { sessions, userId, use };
    }

    test('nobody becomes known by it', async () => {
      const { sessions, use } = await opened();
      expect(await calls(sessions, use)).toEqual(['find', 'history', 'list']);
      isDown = false;
      bench.time.advance(rest);
      expect(await calls(sessions, use)).toEqual(['find', 'history', 'list', 'amend']);
      expect(await calls(sessions, use)).toEqual(['find']);
    });

    test('what is noticed is told once, on all nodes together, and again when all have answered', async () => {
      const { sessions, userId, use } = await opened();
      dial.level = 'medium';
      const nodes = [sessions, bench.open({ risk: dial.options(options) })];
      const heard = nodes.map(listenTo);
      const events = async () => (await sessions.history(userId)).data.map(({ event }) => event);
      for (let turn = 0; turn < 3; turn++) {
        for (const node of nodes) await calls(node, () => use(node));
        bench.time.advance(rest);
      }
      expect(namesOf(heard.flat()).filter((name) => name === 'risk.noticed')).toHaveLength(1);
      expect(await events()).toEqual(['risk_noticed', 'session_created']);
      isDown = false;
      await calls(sessions, use);
      expect(await calls(sessions, use)).toEqual(['find']);
      expect(await events()).toEqual(['risk_noticed', 'risk_noticed', 'session_created']);
    });

    test('what is grave happens all the same', async () => {
      const { use } = await opened();
      dial.level = 'high';
      expect(await use()).toMatchObject({ status: 'step-up-required' });
    });
  });
});
