import { accountLock } from '../../../lib/contract/account-lock';
import { historyPage } from '../../../lib/contract/history-page';
import { signedIn } from '../../fixtures/session-bench';
import { frameworks } from '../fixtures/frameworks';
import { AdminBench } from './fixtures/admin-bench';

const account = 'alice@example.com';
const lock = `/accounts/${encodeURIComponent(account)}/lock`;
const root = { type: 'admin', id: 'root' };

describe.each(frameworks)('an account, for administrators on $name', (framework) => {
  let bench: AdminBench;
  beforeEach(() => {
    bench = new AdminBench({ framework, options: { lockout: { maxFailures: 2, freeFailures: 2 } } });
  });
  afterEach(() => bench.sessions.close());

  async function lockOut(): Promise<void> {
    for (let count = 0; count < 3; count++) await bench.sessions.lockout.recordFailure({ account });
  }

  test('shows its lock, and opens for an administrator, whom its history names', async () => {
    await lockOut();
    const locked = accountLock.parse((await bench.call('get', lock).expect(200)).body);
    expect(locked).toMatchObject({ account, status: 'suspended', failures: 2 });
    expect(Date.parse(locked.until!)).toBeGreaterThan(bench.time.now());
    expect((await bench.call('delete', lock).expect(200)).body).toEqual({ status: 'unlocked' });
    expect(accountLock.parse((await bench.call('get', lock).expect(200)).body)).toMatchObject({ status: 'open' });
    expect((await bench.call('delete', lock).expect(200)).body).toEqual({ status: 'not-locked' });
    expect(await bench.sessions.lockout.check({ account })).toEqual({ status: 'open' });
    const { body } = await bench.call('get', `/accounts/${encodeURIComponent(account)}/history`).expect(200);
    expect(historyPage.parse(body).data).toMatchObject([
      { event: 'account_unlocked', actor: root },
      { event: 'account_locked', actor: { type: 'system' } },
    ]);
  });

  test('is the same in every spelling that people type, and open where nobody knows it', async () => {
    await lockOut();
    const { body } = await bench
      .call('get', `/accounts/${encodeURIComponent(' ALICE@example.COM ')}/lock`)
      .expect(200);
    expect(body).toMatchObject({ account, status: 'suspended' });
    expect((await bench.call('get', '/accounts/nobody/lock').expect(200)).body).toEqual({
      account: 'nobody',
      status: 'open',
      failures: 0,
      until: null,
    });
  });

  test('of blanks alone is refused, and the field named', async () => {
    for (const method of ['get', 'delete'] as const) {
      const { body } = await bench.call(method, '/accounts/%20/lock').expect(400);
      expect(body).toMatchObject({ code: 'request_invalid', field: 'account' });
    }
  });
});

describe('an account that is locked from one address, for administrators', () => {
  let bench: AdminBench;
  beforeEach(() => (bench = new AdminBench({ options: { lockout: { maxFailuresPerPair: 2 } } })));
  afterEach(() => bench.sessions.close());

  test('A71 shows that to whoever names the address, and its history says so', async () => {
    const strangers = { account: 'bob', client: { ip: '2001:db8::7' } };
    const { lockout } = bench.sessions;
    for (let count = 0; count < 2; count++) await lockout.recordFailure(strangers);
    expect((await lockout.check(strangers)).status).toBe('refused');
    expect((await lockout.check({ account: 'bob' })).status).toBe('open');
    const bob = '/accounts/bob/lock';
    expect((await bench.call('get', bob).expect(200)).body).toMatchObject({ status: 'open', failures: 2 });
    const there = accountLock.parse((await bench.call('get', `${bob}?ip=2001:DB8:0::7`).expect(200)).body);
    expect(there).toMatchObject({ status: 'suspended', failures: 2 });
    expect((await bench.call('get', `${bob}?ip=192.0.2.7`).expect(200)).body).toMatchObject({ status: 'open' });
    const { body } = await bench.call('get', '/accounts/bob/history').expect(200);
    expect(historyPage.parse(body).data).toMatchObject([
      { event: 'account_locked', reason: 'address', ip: '2001:db8::7' },
    ]);
  });

  test.each(['', 'bob', '192.0.2', '192.0.2.7:80', '2001:db8::/32'])(
    'is shown for no address that is none: %j',
    async (ip) => {
      const { body } = await bench.call('get', `/accounts/bob/lock?ip=${encodeURIComponent(ip)}`).expect(400);
      expect(body).toMatchObject({ code: 'request_invalid', field: 'ip' });
      expect((body as { detail: string }).detail).toContain('expected an IPv4 or IPv6 address');
    },
  );
});

describe('a history, for administrators', () => {
  let bench: AdminBench;
  beforeEach(() => (bench = new AdminBench()));
  afterEach(() => bench.sessions.close());

  test('A64: names who it was, and comes in pages', async () => {
    const { session } = await signedIn(bench.sessions, { userId: 'alice' });
    await bench.sessions.revoke(session.id, { reason: 'risk', actor: { type: 'admin', id: 'ada' } });
    const first = historyPage.parse((await bench.call('get', '/users/alice/history?limit=1').expect(200)).body);
    expect(first.data).toMatchObject([{ event: 'session_revoked', actor: { type: 'admin', id: 'ada' } }]);
    const path = `/users/alice/history?cursor=${first.nextCursor}`;
    const rest = historyPage.parse((await bench.call('get', path).expect(200)).body);
    expect(rest).toMatchObject({ data: [{ event: 'session_created' }], nextCursor: null });
  });

  test('of a user nobody knows is empty', async () => {
    expect((await bench.call('get', '/users/nobody/history').expect(200)).body).toEqual({
      data: [],
      nextCursor: null,
    });
  });
});
