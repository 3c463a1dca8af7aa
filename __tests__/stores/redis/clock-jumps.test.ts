import type { SessionEvents } from '../../../lib/events/catalogue';
import { SessionManager } from '../../../lib/session-manager';
import { RedisStore, type RedisIncident } from '../../../lib/stores/redis';
import { signedIn } from '../../fixtures/session-bench';
import { AdjustableClock } from '../../harness/adjustable-clock';
import { type RedisServer, startRedis } from '../../harness/redis-server';
import { waitUntil } from '../../harness/wait-until';

const hour = 3_600;

let clock: AdjustableClock;
let server: RedisServer;
let sessions: SessionManager;
let incidents: RedisIncident[];
const managers: SessionManager[] = [];

beforeEach(async () => {
  clock = new AdjustableClock();
  server = await startRedis({ env: clock.env });
  incidents = [];
  sessions = open((incident) => incidents.push(incident));
});

afterEach(async () => {
  await Promise.all(managers.splice(0).map((manager) => manager.close()));
  await server.stop();
});

function open(onIncident: (incident: RedisIncident) => void = () => undefined): SessionManager {
  const store = new RedisStore({ url: server.url, deadline: '5s', onIncident });
  const manager = new SessionManager({ store, lifetimes: { accessToken: '15m', refreshToken: '1h' } });
  managers.push(manager);
  return manager;
}

function wentBack(manager: SessionManager): SessionEvents['store.clock-went-back'][] {
  const told: SessionEvents['store.clock-went-back'][] = [];
  manager.on('store.clock-went-back', (event) => told.push(event));
  return told;
}

/** A clock is measured on each new connection, and each minute. */
async function jump(seconds: number): Promise<void> {
  clock.set(seconds);
  await server.cli('CLIENT', 'KILL', 'TYPE', 'normal');
  await waitUntil('the clock is measured again', async () => {
    return Math.abs((await sessions.now()) - Date.now() - seconds * 1_000) < 60_000;
  });
}

test('B14 set back an hour: everyone stays in, ended sessions stay ended, and it is told, once each way', async () => {
  const told = wentBack(sessions);
  const [alice, bob, carol] = [await signedIn(sessions), await signedIn(sessions), await signedIn(sessions)];
  await sessions.revoke(carol.session.id);
  await jump(-hour);
  expect(incidents).toEqual([{ kind: 'clock-went-back', milliseconds: expect.any(Number) as number }]);
  const [{ milliseconds }] = incidents as unknown as [{ milliseconds: number }];
  expect(Math.abs(milliseconds - hour * 1_000)).toBeLessThan(60_000);

  expect((await sessions.verify(alice.tokens.accessToken)).status).toBe('active');
  expect((await sessions.verify(carol.tokens.accessToken)).status).toBe('revoked');
  expect(told).toEqual([]);
  let { refreshToken } = alice.tokens;
  for (let round = 0; round < 3; round++) {
    const renewed = await sessions.refresh(refreshToken);
    if (renewed.status !== 'rotated') throw new Error(renewed.status);
    refreshToken = renewed.tokens.refreshToken!;
  }
  expect((await sessions.refresh(bob.tokens.refreshToken)).status).toBe('rotated');
  expect(told).toEqual([{ milliseconds: expect.any(Number) as number }]);
  expect((await sessions.refresh(alice.tokens.refreshToken)).status).toBe('reused');
  await sessions.revokeAll(bob.userId);
  expect((await sessions.verify(bob.tokens.accessToken)).status).toBe('revoked');
  await signedIn(sessions, { userId: bob.userId, startedAt: await sessions.now() });
});

test('B14 a process that started after the clock was set back hears of it by what is stored', async () => {
  const alice = await signedIn(sessions);
  clock.set(-hour);
  const later = open();
  const told = wentBack(later);
  expect((await later.refresh(alice.tokens.refreshToken)).status).toBe('rotated');
  expect(told).toEqual([{ milliseconds: expect.any(Number) as number }]);
  expect(Math.abs(told[0]!.milliseconds - hour * 1_000)).toBeLessThan(60_000);
});

test('B14 a sign-in after all sessions were ended is refused while the clock is behind that, and made once it has caught up', async () => {
  const { userId } = await signedIn(sessions);
  await sessions.revokeAll(userId);
  await jump(-hour);
  expect((await sessions.create({ userId, startedAt: await sessions.now() })).status).toBe('stale-sign-in');
  await jump(1);
  expect((await sessions.create({ userId, startedAt: await sessions.now() })).status).toBe('created');
});

test('B14 B13 set forward two hours: sign-outs come early and nobody gets in, writes go on, and a new sign-in lasts', async () => {
  const alice = await signedIn(sessions);
  clock.set(2 * hour);
  // Not measured yet: Redis finds every write too late, is asked for its time, and the write is made.
  const bob = await signedIn(sessions);
  await waitUntil('the clock is measured again', async () => {
    return Math.abs((await sessions.now()) - Date.now() - 2 * hour * 1_000) < 60_000;
  });
  expect((await sessions.verify(alice.tokens.accessToken)).status).toBe('expired');
  expect((await sessions.refresh(alice.tokens.refreshToken)).status).toBe('expired');
  const carol = await signedIn(sessions);
  expect((await sessions.verify(carol.tokens.accessToken)).status).toBe('active');
  expect((await sessions.refresh(carol.tokens.refreshToken)).status).toBe('rotated');
  // signed in by the time that was still served
  expect((await sessions.verify(bob.tokens.accessToken)).status).toMatch(/^(active|expired)$/);
  expect(incidents).toEqual([]);
});
