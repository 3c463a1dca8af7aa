import type { Client } from '../../lib/domain/client';
import type { SessionManager } from '../../lib/session-manager';
import { elsewhere, fail, guess, guesses, succeed } from '../fixtures/guesses';
import { listenTo, namesOf, SessionBench } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

const second = 1_000;
const minute = 60 * second;
const admin = { type: 'admin', id: 'eve' } as const;

describe.each(storeKinds)('an account that is locked for one address or device, on $name', (kind) => {
  let bench: SessionBench;
  let sessions: SessionManager;
  let account: string;
  beforeEach(() => {
    bench = new SessionBench(kind);
    sessions = bench.open();
    account = bench.newUser();
  });
  afterEach(() => bench.close());

  /** Each as soon as it is let through. */
  async function failTimes(count: number, client: Client): Promise<void> {
    for (let failed = 0; failed < count; failed++) {
      bench.time.advance(minute);
      await fail(sessions, account, client);
    }
  }

  const until = (milliseconds: number): string => new Date(bench.time.now() + milliseconds).toISOString();

  test('A71 the fifth failure from one address is audited, emitted, and shown for that address alone', async () => {
    const heard = listenTo(sessions);
    const here = elsewhere();
    await failTimes(4, here);
    expect(heard).toEqual([]);
    expect(await sessions.lockout.state(account, here)).toMatchObject({ status: 'delayed', failures: 4 });
    await failTimes(1, here);
    const end = until(15 * minute);
    expect(heard).toEqual([
      {
        name: 'account.locked',
        event: { account, scope: 'address', status: 'suspended', failures: 5, until: Date.parse(end) },
      },
    ]);
    expect((await sessions.lockout.history(account)).data).toMatchObject([
      { event: 'account_locked', actor: { type: 'system' }, reason: 'address', ip: here.ip },
    ]);

    const suspended = { account, status: 'suspended', failures: 5, until: end };
    expect(await sessions.lockout.state(account, here)).toEqual(suspended);
    expect(await sessions.lockout.state(account)).toMatchObject({ status: 'delayed', failures: 5 });
    bench.time.advance(minute);
    for (const client of [undefined, {}, elsewhere()]) {
      expect(await sessions.lockout.state(account, client)).toMatchObject({ status: 'open', failures: 5 });
    }
    expect(await sessions.lockout.state(account, here)).toEqual(suspended);
  });

  test('A71 unlocking lifts the lock of an address, and says so', async () => {
    const here = elsewhere();
    await failTimes(5, here);
    bench.time.advance(minute);
    const heard = listenTo(sessions);
    expect(await guess(sessions, account, here)).toBeGreaterThan(800);
    expect(await sessions.lockout.unlock(account, { actor: admin })).toEqual({ status: 'unlocked' });
    expect(heard).toEqual([{ name: 'account.unlocked', event: { account, actor: admin } }]);
    expect((await sessions.lockout.history(account)).data[0]).toMatchObject({
      event: 'account_unlocked',
      actor: admin,
    });
    expect(await sessions.lockout.state(account, here)).toMatchObject({ status: 'open', failures: 0 });
    expect(await guess(sessions, account, here)).toBe(0);
  });

  test('A71 the lock of a known device is audited, emitted, shown for it alone, and lifted', async () => {
    const client = elsewhere('laptop');
    await succeed(sessions, account, client);
    const heard = listenTo(sessions);
    await failTimes(10, client);
    expect(heard).toMatchObject([
      { name: 'account.locked', event: { account, scope: 'device', status: 'suspended', failures: 10 } },
    ]);
    expect((await sessions.lockout.history(account)).data).toMatchObject([
      { event: 'account_locked', reason: 'device' },
    ]);
    expect(await sessions.lockout.state(account, { deviceId: 'laptop' })).toMatchObject({
      status: 'suspended',
      failures: 10,
      until: until(15 * minute),
    });
    expect(await sessions.lockout.state(account, elsewhere())).toMatchObject({ status: 'open', failures: 10 });
    expect(await sessions.lockout.unlock(account)).toEqual({ status: 'unlocked' });
    expect(await guess(sessions, account, client)).toBe(0);
  });

  test('a failure that locks both the address and the account is told once, of the account', async () => {
    const strict = bench.open({ lockout: { maxFailures: 2, maxFailuresPerPair: 2, freeFailures: 9 } });
    const heard = listenTo(strict);
    expect(await guesses(strict, 2, account, () => ({ ip: '192.0.2.1' }))).toEqual([0, 0]);
    expect(namesOf(heard)).toEqual(['account.locked']);
    expect(heard).toMatchObject([{ event: { scope: 'account', failures: 2 } }]);
    expect((await strict.lockout.history(account)).data).toHaveLength(1);
  });

  test('to ask for a client writes nothing', async () => {
    const client = elsewhere('laptop');
    await failTimes(2, client);
    for (let asked = 0; asked < 5; asked++) await sessions.lockout.state(account, client);
    expect(await sessions.lockout.state(account, client)).toMatchObject({ status: 'open', failures: 2 });
  });
});
