import { userExport } from '../../../lib/contract/user-export';
import { signedIn } from '../../fixtures/session-bench';
import { frameworks } from '../fixtures/frameworks';
import { AdminBench } from './fixtures/admin-bench';

const account = 'alice@example.com';

describe.each(frameworks)('what is kept of a user, for administrators on $name', (framework) => {
  let bench: AdminBench;
  beforeEach(() => (bench = new AdminBench({ framework })));
  afterEach(() => bench.sessions.close());

  test('A78 is exported with the scope for it alone, data and all', async () => {
    const { session } = await signedIn(bench.sessions, { userId: 'alice', data: { plan: 'gold' } });
    await bench.sessions.lockout.recordFailure({ account });
    await bench.callWithout('users:export', 'get', '/users/alice/export').expect(403);
    const path = `/users/alice/export?account=${encodeURIComponent(account)}`;
    const { body } = await bench.callWith('users:export', 'get', path).expect(200);
    const all = userExport.parse(body);
    expect(all.sessions.active).toMatchObject([{ id: session.id, data: { plan: 'gold' } }]);
    expect(all.accounts).toMatchObject([{ account, failures: 1 }]);
    // Whoever was refused stands in it too.
    expect(all.accessLog).toMatchObject([{ operation: 'exportUser', status: 403, userId: 'alice' }]);
  });

  test('A78 is erased with the scope for it alone; the log tells who did it, and of whom nothing', async () => {
    await signedIn(bench.sessions, { userId: 'alice' });
    await signedIn(bench.sessions, { userId: 'alice' });
    await bench.sessions.lockout.recordFailure({ account });
    await bench.callWith('users:read', 'get', '/users/alice/sessions').expect(200);
    await bench.callWithout('users:erase', 'delete', '/users/alice').expect(403);
    const path = `/users/alice?account=${encodeURIComponent(account)}`;
    const { body } = await bench.callWith('users:erase', 'delete', path).expect(200);
    expect(body).toEqual({ ended: 2 });
    expect((await bench.sessions.list('alice')).data).toEqual([]);
    expect((await bench.sessions.lockout.state(account)).failures).toBe(0);
    const { data } = await bench.sessions.access.history();
    expect(data.map(({ actor, operation, userId }) => [actor, operation, userId])).toEqual([
      ['only-users.erase', 'eraseUser', null],
      ['without-users.erase', 'eraseUser', null],
      ['only-users.read', 'listUserSessions', null],
    ]);
  });

  test('whoever is not known has an empty export, and is erased', async () => {
    const { body } = await bench.call('get', '/users/nobody/export').expect(200);
    expect(userExport.parse(body)).toMatchObject({ userId: 'nobody', sessions: { active: [] }, history: [] });
    expect((await bench.call('delete', '/users/nobody').expect(200)).body).toEqual({ ended: 0 });
  });
});
