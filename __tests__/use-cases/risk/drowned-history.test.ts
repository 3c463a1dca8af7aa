import type { SessionManager } from '../../../lib';
import { retention } from '../../../lib/store/retention';
import { RiskDial } from '../../fixtures/risk-dial';
import { laptop, phone, SessionBench, type SignedIn, signedIn } from '../../fixtures/session-bench';
import { storeKinds } from '../../fixtures/stores';

const many = retention.auditEntries + 5;

describe.each(storeKinds)('the risk of a sign-in behind a history full of other things, on $name', (kind) => {
  let bench: SessionBench;
  let dial: RiskDial;
  let sessions: SessionManager;
  beforeEach(() => {
    bench = new SessionBench(kind);
    dial = new RiskDial();
    sessions = bench.open({ risk: dial.options({ onSignIn: { high: 'revoke' } }) });
  });
  afterEach(() => bench.close());

  async function renameOften({ session }: SignedIn): Promise<void> {
    for (let count = 0; count < many; count++) {
      bench.time.advance(1);
      await sessions.update(session.id, { name: `name ${count}` });
    }
  }

  async function signOut({ session }: SignedIn): Promise<void> {
    bench.time.advance(1);
    await sessions.revoke(session.id);
    bench.time.advance(1);
  }

  test('C-theft however often a thief is refused, the thief stays refused and the owner stays known', async () => {
    const own = await signedIn(sessions, { deviceId: 'laptop' });
    await signOut(own);
    const { userId } = own;
    dial.level = 'high';
    for (let count = 0; count < many; count++) {
      bench.time.advance(1);
      const { status } = await sessions.create({ userId, client: phone });
      expect([count, status]).toEqual([count, 'sign-in-refused']);
    }
    const { data } = await sessions.history(userId, { limit: 100 });
    expect(data.map(({ event }) => event).slice(-2)).toEqual(['session_revoked', 'session_created']);
    dial.level = 'none';
    expect(await signedIn(sessions, { userId, deviceId: 'laptop' })).toMatchObject({
      session: { stepUpRequired: false, risk: { score: 0 } },
    });
    expect(dial.facts.at(-1)!.signIns).toMatchObject([{ ip: laptop.ip, device: { os: 'Linux' } }]);
  });

  test('C-theft however often a session was changed, the first sign-in of a stranger is not the first of all', async () => {
    const own = await signedIn(sessions);
    await renameOften(own);
    await signOut(own);
    await signedIn(sessions, { userId: own.userId, client: phone });
    expect(dial.facts.at(-1)).toMatchObject({ signIns: [{ ip: laptop.ip }], others: [] });
    dial.level = 'high';
    expect((await sessions.create({ userId: own.userId, client: phone })).status).toBe('sign-in-refused');
  });

  test('one that was confirmed long ago is known, with or without the caller who did', async () => {
    sessions = bench.open({ risk: dial.options() });
    for (const client of [undefined, laptop]) {
      dial.level = 'high';
      const own = await signedIn(sessions);
      await sessions.reissue(own.session.id, { authenticatedAt: bench.time.now(), ...(client && { client }) });
      await renameOften(own);
      await signOut(own);
      dial.level = 'none';
      const { session } = await signedIn(sessions, { userId: own.userId, client: phone });
      expect(session.stepUpRequired).toBe(false);
      expect(dial.facts.at(-1)!.signIns).toMatchObject([{ device: { os: 'Linux' } }]);
    }
  });

  test('C-theft one that is disowned long after takes no more with it than came since', async () => {
    sessions = bench.open({ risk: dial.options() });
    const own = await signedIn(sessions);
    bench.time.advance(1_000);
    dial.level = 'high';
    const { userId } = own;
    const stolen = await signedIn(sessions, { userId, client: phone });
    bench.time.advance(1_000);
    dial.level = 'none';
    await signedIn(sessions, { userId, client: phone });
    const link = await sessions.disowning.issue(stolen.session.id);
    if (link.status !== 'issued') throw new Error(link.status);
    await renameOften(own);
    expect(await sessions.disowning.disown(link.token)).toMatchObject({ status: 'disowned' });
    await signOut(own);
    expect((await signedIn(sessions, { userId })).session.stepUpRequired).toBe(false);
    expect(dial.facts.at(-1)!.signIns.map(({ ip }) => ip)).toEqual([laptop.ip]);
  });
});
