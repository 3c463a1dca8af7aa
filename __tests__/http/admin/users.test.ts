import { oneSession } from '../../../lib/contract/one-session';
import { sessionPage } from '../../../lib/contract/session-page';
import { setLimit } from '../../../lib/contract/set-limit';
import { laptop, phone, signedIn } from '../../fixtures/session-bench';
import { minute } from '../../fixtures/session-record';
import { frameworks } from '../fixtures/frameworks';
import { AdminBench } from './fixtures/admin-bench';

describe.each(frameworks)('the sessions of a user, for administrators on $name', (framework) => {
  let bench: AdminBench;
  beforeEach(() => (bench = new AdminBench({ framework, options: { expose: ['plan'] } })));
  afterEach(() => bench.sessions.close());

  test('are listed page by page, and those of nobody else; of data what the app exposes', async () => {
    const data = { plan: 'gold', secret: 'internal' };
    const made = [];
    for (let count = 0; count < 3; count++) made.push(await signedIn(bench.sessions, { userId: 'alice', data }));
    await signedIn(bench.sessions, { userId: 'bob' });
    const first = sessionPage.parse((await bench.call('get', '/users/alice/sessions?limit=2').expect(200)).body);
    const path = `/users/alice/sessions?limit=2&cursor=${first.nextCursor}`;
    const second = sessionPage.parse((await bench.call('get', path).expect(200)).body);
    const all = [...first.data, ...second.data];
    expect(all.map(({ id }) => id).sort()).toEqual(made.map(({ session }) => session.id).sort());
    expect(all.map((session) => session.data)).toEqual([{ plan: 'gold' }, { plan: 'gold' }, { plan: 'gold' }]);
    expect(second.nextCursor).toBeNull();
  });

  test('are narrowed by application, device type, country and time, and by several of them', async () => {
    const userId = 'alice';
    const berlin = { country: 'DE' };
    const wanted = {
      app: await signedIn(bench.sessions, { userId, applicationId: 'ios', client: { ...phone, location: berlin } }),
      web: await signedIn(bench.sessions, {
        userId,
        applicationId: 'web',
        client: { ...laptop, location: berlin },
      }),
    };
    bench.time.advance(minute);
    const since = new Date(bench.time.now()).toISOString();
    const late = await signedIn(bench.sessions, { userId, client: phone });
    const ids = async (query: string): Promise<string[]> => {
      const { body } = await bench.call('get', `/users/alice/sessions?${query}`).expect(200);
      return sessionPage.parse(body).data.map(({ id }) => id);
    };
    const [app, web, last] = [wanted.app.session.id, wanted.web.session.id, late.session.id];
    expect(await ids('applicationId=ios')).toEqual([app]);
    expect((await ids('deviceType=phone')).sort()).toEqual([app, last].sort());
    expect((await ids('country=DE')).sort()).toEqual([app, web].sort());
    expect((await ids('country=de')).sort()).toEqual([app, web].sort());
    expect(await ids('country=FR')).toEqual([]);
    expect(await ids(`since=${since}`)).toEqual([last]);
    expect(await ids('country=DE&deviceType=desktop')).toEqual([web]);
  });

  test('include those that ended, with the reason, where asked for', async () => {
    const { session } = await signedIn(bench.sessions, { userId: 'alice' });
    await bench.sessions.revoke(session.id, { reason: 'risk' });
    const { body } = await bench.call('get', '/users/alice/sessions?include=ended').expect(200);
    expect(sessionPage.parse(body).data).toMatchObject([{ id: session.id, reason: 'risk' }]);
  });

  test('A35: all end at once, or all but one, and each is told why', async () => {
    const [kept, other] = [await bench.bearer(), await bench.bearer()];
    const { data } = await bench.sessions.list('alice');
    const views = await Promise.all(
      [kept, other].map(async ({ accessToken }) => bench.sessions.verify(accessToken)),
    );
    const keptId = views[0]!.status === 'active' ? views[0]!.session.id : '';
    expect(data).toHaveLength(2);
    const one = await bench.call('delete', `/users/alice/sessions?except=${keptId}&reason=risk`).expect(200);
    expect(one.body).toEqual({ ended: 1 });
    expect(await bench.sessions.verify(other.accessToken)).toMatchObject({ status: 'revoked', reason: 'risk' });
    expect(await bench.sessions.verify(kept.accessToken)).toMatchObject({ status: 'active' });
    expect((await bench.call('delete', '/users/alice/sessions').expect(200)).body).toEqual({ ended: 1 });
    expect(await bench.sessions.verify(kept.accessToken)).toMatchObject({ status: 'revoked', reason: 'admin' });
    const history = await bench.sessions.history('alice', { limit: 2 });
    const actor = { type: 'admin', id: 'root' };
    expect(history.data).toMatchObject([
      { event: 'sessions_revoked', actor, reason: 'admin' },
      { event: 'sessions_revoked', actor, reason: 'risk' },
    ]);
  });

  test('one is shown and ended, and the history tells by whom', async () => {
    const { session, tokens } = await signedIn(bench.sessions, { userId: 'alice', data: { secret: 1 } });
    const path = `/users/alice/sessions/${session.id}`;
    const { body } = await bench.call('get', path).expect(200);
    expect(oneSession.parse(body).session).toEqual({ ...session, current: false, data: {} });
    expect((await bench.call('delete', `${path}?reason=lost_phone`).expect(204)).text).toBe('');
    expect(await bench.sessions.verify(tokens.accessToken)).toMatchObject({ reason: 'lost_phone' });
    const { data } = await bench.sessions.history('alice', { limit: 1 });
    expect(data).toMatchObject([{ reason: 'lost_phone', actor: { type: 'admin', id: 'root' } }]);
    await bench.call('delete', path).expect(204);
    await bench.call('get', path).expect(404);
  });

  test('one of anybody is found and ended by its id alone', async () => {
    const { session, tokens } = await signedIn(bench.sessions, { userId: 'alice' });
    const path = `/sessions/${session.id}`;
    expect(oneSession.parse((await bench.call('get', path).expect(200)).body).session.userId).toBe('alice');
    await bench.call('delete', path).expect(204);
    expect(await bench.sessions.verify(tokens.accessToken)).toMatchObject({ reason: 'admin' });
  });

  test('C-IDOR: another user’s session answers exactly as one that never was, and lives on', async () => {
    const { session, tokens } = await signedIn(bench.sessions, { userId: 'bob' });
    const ids = [session.id, '3f2504e0-4f89-41d3-9a0c-0305e82c3301', session.id.toUpperCase(), 'no-id', 'x.css'];
    for (const method of ['get', 'delete'] as const) {
      const answers = [];
      for (const id of ids) answers.push(await bench.call(method, `/users/alice/sessions/${id}`).expect(404));
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(answers[0]!.body).toMatchObject({ code: 'not_found' });
    }
    await bench.call('delete', `/users/alice/sessions?except=${session.id}`).expect(200);
    expect(await bench.sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
  });
});

describe('the limit of a user, for administrators', () => {
  let bench: AdminBench;
  beforeEach(() => (bench = new AdminBench()));
  afterEach(() => bench.sessions.close());

  const path = '/users/alice/limit';

  test('is set, shown and taken away, and the history tells by whom', async () => {
    expect((await bench.call('get', path).expect(200)).body).toEqual({ limit: null });
    expect((await bench.call('put', path).send({ limit: 2 }).expect(200)).body).toEqual({ limit: 2, ended: 0 });
    expect((await bench.call('get', path).expect(200)).body).toEqual({ limit: 2 });
    await bench.call('delete', path).expect(204);
    await bench.call('delete', path).expect(204);
    expect((await bench.call('get', path).expect(200)).body).toEqual({ limit: null });
    const { data } = await bench.sessions.history('alice');
    const actor = { type: 'admin', id: 'root' };
    expect(data.map(({ count }) => count)).toEqual([null, null, 2]);
    expect(data.every((entry) => entry.event === 'session_limit_changed' && entry.actor.id === actor.id)).toBe(
      true,
    );
  });

  test('ends what exceeds it where asked to, and nothing else', async () => {
    for (let count = 0; count < 4; count++) await signedIn(bench.sessions, { userId: 'alice' });
    await bench.call('put', path).send({ limit: 3 }).expect(200);
    expect((await bench.sessions.list('alice')).data).toHaveLength(4);
    const { body } = await bench.call('put', path).send({ limit: 1, trim: true }).expect(200);
    expect(setLimit.parse(body)).toEqual({ limit: 1, ended: 3 });
    expect((await bench.sessions.list('alice')).data).toHaveLength(1);
  });

  test.each([{}, { limit: 0 }, { limit: 1.5 }, { limit: 1_000_001 }, { limit: null }, { limit: '3' }])(
    'is not set to %j',
    async (body) => {
      const answer = await bench.call('put', path).send(body).expect(400);
      expect(answer.body).toMatchObject({ code: 'request_invalid', field: 'limit' });
    },
  );
});
