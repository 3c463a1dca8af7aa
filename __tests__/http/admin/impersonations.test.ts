import type { AdminRouterOptions } from '../../../lib';
import { signedIn as signedInAnswer } from '../../../lib/contract/signed-in';
import { adminScopes } from '../../../lib/domain/admin-scope';
import { historyPage } from '../../../lib/contract/history-page';
import { oneSession } from '../../../lib/contract/one-session';
import { sessionPage } from '../../../lib/contract/session-page';
import { signedIn } from '../../fixtures/session-bench';
import { frameworks } from '../fixtures/frameworks';
import { AdminBench, methodOf, pathOf } from './fixtures/admin-bench';
import { adminOperations, withBody } from './fixtures/sample-calls';

const reason = 'ticket 4711: cannot see the invoice';
const root = { id: 'root', reason };

/** An app that knows its administrators by a header, and says what session they have. */
const byHeader: AdminRouterOptions = {
  authorize({ headers: { 'x-admin': id, 'x-admin-session': sessionId } }) {
    if (typeof id !== 'string') return null;
    return { id, scopes: adminScopes, ...(typeof sessionId === 'string' && { sessionId }) };
  },
};

describe.each(frameworks)('an impersonation, by administrators on $name', (framework) => {
  let bench: AdminBench;
  beforeEach(() => (bench = new AdminBench({ framework, admin: byHeader, options: { expose: ['plan'] } })));
  afterEach(() => bench.sessions.close());

  async function start(headers: Record<string, string> = {}): Promise<ReturnType<typeof signedInAnswer.parse>> {
    const request = bench.call('post', '/impersonations', headers);
    const { body } = await request.send({ userId: 'alice', reason, lifetime: '10m' }).expect(201);
    return signedInAnswer.parse(body);
  }

  test('A75: is a short session of its own, which says in full who it is and why', async () => {
    const { session, tokens } = await start();
    expect(session).toMatchObject({ userId: 'alice', current: false, actor: root });
    expect(Date.parse(session.deadlines.absolute) - Date.parse(session.createdAt)).toBe(600_000);
    expect(tokens.refreshToken).toBeUndefined();
    expect(await bench.sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    for (const path of [`/sessions/${session.id}`, `/users/alice/sessions/${session.id}`]) {
      const { body } = await bench.call('get', path).expect(200);
      expect(oneSession.parse(body).session.actor).toEqual(root);
    }
    const list = sessionPage.parse((await bench.call('get', '/users/alice/sessions').expect(200)).body);
    expect(list.data.map(({ actor }) => actor)).toEqual([root]);
    const history = historyPage.parse((await bench.call('get', '/users/alice/history').expect(200)).body);
    expect(history.data).toMatchObject([{ event: 'impersonation_started', actor: { type: 'admin', id: 'root' } }]);
  });

  test('ends when it is stopped; a session of the user’s own does not', async () => {
    const { session, tokens } = await start();
    const own = await signedIn(bench.sessions, { userId: 'alice' });
    await bench.call('delete', `/impersonations/${own.session.id}`).expect(404);
    await bench.call('delete', '/impersonations/3f2504e0-4f89-41d3-9a0c-0305e82c3301').expect(404);
    await bench.call('delete', `/impersonations/${session.id}`).expect(204);
    expect(await bench.sessions.verify(tokens.accessToken)).toMatchObject({ reason: 'impersonation_stopped' });
    expect(await bench.sessions.verify(own.tokens.accessToken)).toMatchObject({ status: 'active' });
  });

  test('stands in the access log with whom it is about', async () => {
    const { session } = await start();
    const { data } = await bench.sessions.access.history({ limit: 1 });
    expect(data).toMatchObject([
      { operation: 'startImpersonation', actor: 'root', userId: 'alice', sessionId: session.id, status: 201 },
    ]);
  });

  test('A76: whoever is in one is let do nothing here, whatever scopes the app gives them', async () => {
    const { session } = await start();
    const victim = await signedIn(bench.sessions, { userId: 'bob' });
    const headers = { 'X-Admin': 'alice', 'X-Admin-Session': session.id };
    for (const operation of adminOperations) {
      const path = pathOf(operation, { userId: 'bob', sessionId: victim.session.id });
      const answer = await withBody(operation, bench.callFreely(methodOf(operation), path, headers)).expect(403);
      if (operation.encoding !== 'form')
        expect(answer.body).toMatchObject({ code: 'forbidden_while_impersonating' });
    }
    expect(await bench.sessions.verify(victim.tokens.accessToken)).toMatchObject({ status: 'active' });
    const { data } = await bench.sessions.access.history({ actor: 'alice', limit: 1 });
    expect(data).toMatchObject([{ status: 403, code: 'forbidden_while_impersonating' }]);
  });

  test('A76: whoever ends the impersonation while the app looks up who they are is let do nothing either', async () => {
    const { session, tokens } = await start();
    const victim = await signedIn(bench.sessions, { userId: 'bob' });
    const headers = { 'X-Admin': 'alice', 'X-Admin-Session': session.id };
    expect(await bench.sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    await bench.sessions.impersonation.stop(session.id);
    for (const operation of adminOperations) {
      const path = pathOf(operation, { userId: 'bob', sessionId: victim.session.id });
      const answer = await withBody(operation, bench.callFreely(methodOf(operation), path, headers)).expect(401);
      expect(answer.body).toMatchObject(
        operation.encoding === 'form' ? { error: 'invalid_client' } : { code: 'login_required' },
      );
    }
    expect(await bench.sessions.verify(victim.tokens.accessToken)).toMatchObject({ status: 'active' });
    const { data } = await bench.sessions.access.history({ actor: 'alice', limit: 1 });
    expect(data).toMatchObject([{ status: 401, code: 'login_required' }]);
  });

  test.each(['', 'not-an-id', '3f2504e0-4f89-41d3-9a0c-0305e82c3301'])(
    'A76: a session that is none of this manager’s lets nobody in: %j',
    async (id) => {
      const headers = { 'X-Admin': 'alice', 'X-Admin-Session': id };
      await bench.callFreely('get', '/users/bob/sessions', headers).expect(401);
    },
  );

  test('an administrator with a session of their own is let in, and ends with it what they began', async () => {
    const own = await signedIn(bench.sessions, { userId: 'ada' });
    const headers = { 'X-Admin': 'ada', 'X-Admin-Session': own.session.id };
    const request = bench.callFreely('post', '/impersonations', headers);
    const { tokens } = signedInAnswer.parse((await request.send({ userId: 'alice', reason }).expect(201)).body);
    await bench.sessions.revoke(own.session.id);
    expect(await bench.sessions.verify(tokens.accessToken)).toMatchObject({ reason: 'impersonator_signed_out' });
    const again = bench.callFreely('post', '/impersonations', headers);
    expect((await again.send({ userId: 'alice', reason }).expect(401)).body).toMatchObject({
      code: 'login_required',
    });
  });

  test.each([
    ['reason', { userId: 'alice' }],
    ['reason', { userId: 'alice', reason: '' }],
    ['reason', { userId: 'alice', reason: 'x'.repeat(257) }],
    ['userId', { reason }],
    ['userId', { userId: '', reason }],
    ['lifetime', { userId: 'alice', reason, lifetime: '9h' }],
    ['lifetime', { userId: 'alice', reason, lifetime: '1s' }],
    ['lifetime', { userId: 'alice', reason, lifetime: 900 }],
    ['applicationId', { userId: 'alice', reason, applicationId: '' }],
    ['actor', { userId: 'alice', reason, actor: { id: 'somebody else' } }],
    ['scope', { userId: 'alice', reason, scope: ['everything'] }],
  ])('is not begun without its %s, or with a wrong one: %j', async (field, body) => {
    const answer = await bench.call('post', '/impersonations').send(body).expect(400);
    expect(answer.body).toMatchObject({ code: 'request_invalid', field });
    expect((await bench.sessions.list('alice')).data).toEqual([]);
  });
});

describe('an impersonation that the app decides about', () => {
  test.each([
    [false, 403, 'impersonation_refused'],
    [null, 404, 'not_found'],
  ])('%p of mayImpersonate is %d', async (answer, status, code) => {
    const bench = new AdminBench({ options: { impersonation: { mayImpersonate: () => answer } } });
    const { body } = await bench.call('post', '/impersonations').send({ userId: 'alice', reason }).expect(status);
    expect(body).toMatchObject({ code });
    await bench.sessions.close();
  });
});
