import type { LimitReached, SessionManager, SessionView } from '../../../lib';
import { RiskDial } from '../../fixtures/risk-dial';
import { laptop, phone, SessionBench, signedIn } from '../../fixtures/session-bench';
import { storeKinds } from '../../fixtures/stores';

const place = { city: 'Leipzig', country: 'DE', coordinates: { latitude: 51.3, longitude: 12.4, radius: 10 } };
const nothing = { ip: null, userAgent: null, location: null, risk: null, data: {}, methods: [], scope: [] };

describe.each(storeKinds)('a limit that stops a sign-in which would owe a step-up, on $name', (kind) => {
  let bench: SessionBench;
  let dial: RiskDial;
  let sessions: SessionManager;
  let own: SessionView;
  beforeEach(async () => {
    bench = new SessionBench(kind);
    dial = new RiskDial();
    sessions = bench.open({ limit: { max: 2 }, expose: ['plan'], risk: dial.options() });
    const client = { ...phone, location: place };
    const facts = { data: { plan: 'gold' }, deviceId: 'victim', methods: ['pwd', 'otp'], scope: ['mail'] };
    ({ session: own } = await signedIn(sessions, { userId: 'victim', client, ...facts }));
    await sessions.update(own.id, { name: 'Pocket' });
    bench.time.advance(1);
    await signedIn(sessions, { userId: 'victim', client, data: { plan: 'gold' } });
  });
  afterEach(() => bench.close());

  async function stopped(): Promise<LimitReached> {
    const outcome = await sessions.create({ userId: 'victim', client: laptop });
    if (outcome.status !== 'limit-reached') throw new Error(outcome.status);
    return outcome;
  }

  function expectChoice({ sessions: shown, error }: LimitReached): void {
    expect(shown).toHaveLength(2);
    for (const view of shown) {
      expect(view).toMatchObject(nothing);
      expect(view.device).toMatchObject({ browserVersion: null, osVersion: null, model: null, id: null });
    }
    expect(error.extensions).toMatchObject({ sessions: shown });
    const told = JSON.stringify([shown, error.extensions]);
    for (const fact of [phone.ip!, phone.userAgent!, 'Leipzig', 'gold', 'otp', own.device.id!]) {
      expect(told).not.toContain(fact);
    }
  }

  test('shows what is needed to choose by, and nothing to find its user by', async () => {
    expect(own).toMatchObject({
      ip: phone.ip,
      location: { city: 'Leipzig' },
      device: { id: expect.any(String) as string },
    });
    dial.level = 'high';
    const outcome = await stopped();
    expectChoice(outcome);
    const { id, createdAt, lastSeenAt } = own;
    const { browser, os, type } = own.device;
    expect(outcome.sessions[1]).toMatchObject({
      id,
      createdAt,
      lastSeenAt,
      device: { browser, os, type, name: 'Pocket' },
    });
  });

  test('shows no more where ending one was not enough, and whoever goes on is judged graver', async () => {
    const { session: third } = await signedIn(bench.open(), { userId: 'victim', client: phone });
    const { resolutionToken } = await stopped();
    dial.level = 'high';
    const again = await sessions.resolveLimit(resolutionToken, third.id, { client: laptop });
    if (again.status !== 'limit-reached') throw new Error(again.status);
    expectChoice(again);
  });

  test('tells all to whoever is taken for the user', async () => {
    const { sessions: shown } = await stopped();
    expect(shown[1]).toMatchObject({
      id: own.id,
      ip: phone.ip,
      userAgent: phone.userAgent,
      data: { plan: 'gold' },
    });
    expect(shown[1]!.risk).toMatchObject({ level: 'none' });
  });
});
