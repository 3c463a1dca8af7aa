import type { SessionManager } from '../../lib/session-manager';
import { elsewhere, fail, guess, succeed } from '../fixtures/guesses';
import { listenTo, SessionBench } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

const second = 1_000;
const minute = 60 * second;

describe.each(storeKinds)('a device that has signed in before, on $name', (kind) => {
  let bench: SessionBench;
  let sessions: SessionManager;
  let account: string;
  let deviceId: string;
  beforeEach(async () => {
    bench = new SessionBench(kind);
    sessions = bench.open();
    account = bench.newUser();
    deviceId = `device-of-${account}`;
    await succeed(sessions, account, elsewhere(), { deviceId });
  });
  afterEach(() => bench.close());

  async function lockForStrangers(): Promise<void> {
    while ((await sessions.lockout.state(account)).status !== 'suspended') {
      const wait = await guess(sessions, account, elsewhere());
      bench.time.advance(wait * second);
    }
  }

  test('C-lockout-DoS gets in while strangers have locked the account, and that unlocks it', async () => {
    await lockForStrangers();
    expect(await guess(sessions, account, elsewhere())).toBeGreaterThan(800);
    const heard = listenTo(sessions);
    await succeed(sessions, account, elsewhere(deviceId));
    expect(await guess(sessions, account, elsewhere())).toBe(0);
    expect(heard).toEqual([{ name: 'account.unlocked', event: { account, actor: { type: 'user' } } }]);
    expect((await sessions.lockout.history(account)).data[0]).toMatchObject({ event: 'account_unlocked' });
  });

  test('C-lockout-DoS gets in from an address that an attacker has used up, and draws nothing from it', async () => {
    const few = bench.open({ lockout: { maxFailuresPerAddress: 2 } });
    const office = elsewhere();
    expect(await guess(few, account, { ...office, deviceId })).toBe(0);
    expect(await guess(few, account, { ...office, deviceId })).toBe(0);
    expect(await guess(few, bench.newUser(), office)).toBe(0);
    expect(await guess(few, bench.newUser(), office)).toBe(0);
    expect(await guess(few, bench.newUser(), office)).toBe(900);
    expect(await guess(few, account, { ...office, deviceId })).toBe(0);
  });

  test('C-lockout-DoS a forged device id, or one known to another account, gains nothing', async () => {
    await lockForStrangers();
    expect(await guess(sessions, account, elsewhere('forged'))).toBeGreaterThan(800);
    const other = bench.newUser();
    await succeed(sessions, other, elsewhere('of-another'));
    expect(await guess(sessions, account, elsewhere('of-another'))).toBeGreaterThan(800);

    const fresh = bench.newUser();
    const waits: number[] = [];
    for (let index = 0; index < 5; index++) waits.push(await guess(sessions, fresh, elsewhere(`forged-${index}`)));
    expect(waits).toEqual([0, 0, 0, 0, 1]);
  });

  test('a device is not made known by failing', async () => {
    await guess(sessions, account, elsewhere('stranger'));
    await lockForStrangers();
    expect(await guess(sessions, account, elsewhere('stranger'))).toBeGreaterThan(800);
  });

  test('A68 has a growing delay and a lock of its own, and strangers none of it', async () => {
    for (let failed = 0; failed < 10; failed++) {
      const wait = await guess(sessions, account, elsewhere(deviceId));
      bench.time.advance(wait * second);
      if (wait > 0) await fail(sessions, account, elsewhere(deviceId));
    }
    expect(await guess(sessions, account, elsewhere(deviceId))).toBe(900);
    expect(await guess(sessions, account, elsewhere())).toBe(0);
  });

  test('one that is locked leaves the others of the account alone', async () => {
    const phone = elsewhere('the-phone');
    await succeed(sessions, account, phone);
    for (let failed = 0; failed < 5; failed++) {
      bench.time.advance(10 * second);
      await fail(sessions, account, elsewhere(deviceId));
    }
    expect(await guess(sessions, account, elsewhere(deviceId))).toBe(2);
    expect(await guess(sessions, account, phone)).toBe(0);
  });

  test('A68 all of them together are blocked for good after twenty failures, until the account is unlocked', async () => {
    const heard = listenTo(sessions);
    const devices = [deviceId];
    for (const name of ['tablet', 'phone']) {
      devices.push(name);
      await succeed(sessions, account, elsewhere(name));
    }
    for (let failed = 0; failed < 20; failed++) {
      bench.time.advance(60 * minute);
      await fail(sessions, account, elsewhere(devices[failed % 3]));
    }
    for (const name of devices) expect(await guess(sessions, account, elsewhere(name))).toBe(3_600);
    expect(await sessions.lockout.state(account)).toEqual({
      account,
      status: 'blocked',
      failures: 20,
      until: null,
    });
    expect(heard).toMatchObject([
      { name: 'account.locked', event: { scope: 'account', status: 'blocked', failures: 20, until: null } },
    ]);
    expect((await sessions.lockout.history(account)).data[0]).toMatchObject({ event: 'account_locked' });

    await sessions.lockout.unlock(account);
    for (const name of devices) expect(await guess(sessions, account, elsewhere(name))).toBe(0);
  });

  test('stays known after a lock was lifted, and after it failed', async () => {
    await fail(sessions, account, elsewhere(deviceId));
    await sessions.lockout.unlock(account);
    await lockForStrangers();
    expect(await guess(sessions, account, elsewhere(deviceId))).toBe(0);
  });

  test('is told by the success; null means none', async () => {
    await succeed(sessions, account, elsewhere('a'), { deviceId: 'b' });
    await succeed(sessions, account, elsewhere('c'), { deviceId: null });
    await sessions.lockout.recordSuccess({ account, client: elsewhere('d') });
    await lockForStrangers();
    const waits: Record<string, boolean> = {};
    for (const name of ['a', 'b', 'c', 'd']) waits[name] = (await guess(sessions, account, elsewhere(name))) === 0;
    expect(waits).toEqual({ a: false, b: true, c: false, d: true });
  });

  test('a failure of a known device costs one round trip', async () => {
    const client = elsewhere(deviceId);
    const calls = await bench.store.callsDuring(() => sessions.lockout.recordFailure({ account, client }));
    expect(calls).toEqual(['count']);
  });
});
