import type { MayImpersonate } from '../../../lib';
import { idsOf, stopped } from '../../fixtures/devices';
import { impersonated, impersonatedBySignedIn, reason, support } from '../../fixtures/impersonations';
import { rejectionOf } from '../../fixtures/refusal-of';
import { laptop, listenTo, namesOf, SessionBench, signedIn } from '../../fixtures/session-bench';
import { hour, minute } from '../../fixtures/session-record';
import { storeKinds } from '../../fixtures/stores';

describe.each(storeKinds)('beginning an impersonation on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  const iso = (milliseconds: number): string => new Date(bench.time.now() + milliseconds).toISOString();

  test('A75 gives a session of its own that says who and why, with an access token alone', async () => {
    const sessions = bench.open({ lifetimes: { idle: '5m' } });
    const input = { userId: bench.newUser(), applicationId: 'desk', data: { ticket: 4711 }, scope: ['read'] };
    const { session, tokens } = await impersonated(sessions, input);
    const { userId, applicationId, data, scope } = input;
    expect(session).toMatchObject({ userId, applicationId, data, scope, ip: laptop.ip, current: true });
    expect(session.actor).toEqual({ id: 'support-7', reason });
    const end = iso(15 * minute);
    expect(session.deadlines).toEqual({ access: end, refresh: null, idle: null, absolute: end });
    expect(tokens).toEqual({ accessToken: expect.any(String) as string, accessExpiresAt: end });
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({
      status: 'active',
      session: { id: session.id },
    });
    expect((await sessions.list(userId)).data).toMatchObject([{ id: session.id, actor: { id: 'support-7' } }]);
  });

  test.each([
    ['1m', minute],
    ['8h', 8 * hour],
  ] as const)('A75 lives %s where that is asked for, and no use makes it live longer', async (lifetime, length) => {
    const sessions = bench.open({ lifetimes: { accessToken: '5m', absolute: '5m', rememberMe: '5m' } });
    const { tokens, userId } = await impersonated(sessions, { userId: bench.newUser(), lifetime });
    for (let part = 1; part < 4; part++) {
      bench.time.advance(length / 4);
      expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
      await sessions.flush();
    }
    bench.time.advance(length / 4 - 1);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    bench.time.advance(1);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({
      status: 'expired',
      error: { code: 'session_expired' },
    });
    expect(await idsOf(sessions, userId)).toEqual([]);
  });

  test('A76 new tokens by force do not move its end either', async () => {
    const sessions = bench.open();
    const { session } = await impersonated(sessions, { userId: bench.newUser() });
    bench.time.advance(10 * minute);
    const outcome = await sessions.reissue(session.id);
    if (outcome.status !== 'reissued') throw new Error(outcome.status);
    bench.time.advance(5 * minute);
    expect(await sessions.verify(outcome.tokens.accessToken)).toMatchObject({ status: 'expired' });
  });

  test('A75 stands in the user’s history with the administrator and the reason, and is told', async () => {
    const sessions = bench.open();
    const heard = listenTo(sessions);
    const { userId, session } = await impersonated(sessions, { userId: bench.newUser(), reason: `  ${reason}\n` });
    const actor = { type: 'admin', id: 'support-7' };
    const entry = { event: 'impersonation_started', actor, reason, sessionId: session.id, ip: laptop.ip };
    expect((await sessions.history(userId)).data).toMatchObject([entry]);
    expect(heard).toEqual([{ name: 'impersonation.started', event: { session, actor, reason } }]);
  });

  test('moves nothing of the user’s own sessions, and takes nobody’s place', async () => {
    const sessions = bench.open({ limit: { max: 1 } });
    const own = await signedIn(sessions, { deviceId: 'laptop' });
    const before = await sessions.get(own.session.id);
    const heard = listenTo(sessions);
    for (let count = 0; count < 3; count++) {
      const { tokens } = await impersonated(sessions, { userId: own.userId, client: { deviceId: 'laptop' } });
      bench.time.advance(2 * minute);
      await sessions.verify(tokens.accessToken);
      await sessions.flush();
    }
    expect(await sessions.get(own.session.id)).toEqual(before);
    expect(namesOf(heard)).toEqual(['impersonation.started', 'impersonation.started', 'impersonation.started']);
    const refused = await stopped(sessions, { userId: own.userId });
    expect(refused.sessions.map(({ id }) => id)).toEqual([own.session.id]);
  });

  test('A39 hinders no sign-in, is no other session of it, and makes no room', async () => {
    const sessions = bench.open({ limit: { max: 1, onExceeded: 'evict-oldest' } });
    const { userId, session } = await impersonated(sessions, { userId: bench.newUser() });
    const heard = listenTo(sessions);
    await signedIn(sessions, { userId });
    expect(namesOf(heard)).toEqual(['session.created']);
    expect(await sessions.create({ userId })).toMatchObject({ status: 'created', ended: [{ reason: 'evicted' }] });
    expect(await idsOf(sessions, userId)).toContain(session.id);
    const asked = jest.fn(() => []);
    const choosing = bench.open({ limit: { max: 1, onExceeded: asked } });
    await choosing.create({ userId });
    await choosing.limits.set(userId, 1);
    expect(await choosing.limits.trim(userId)).toMatchObject({ count: 0 });
    expect(asked.mock.calls).toHaveLength(1);
    expect(JSON.stringify(asked.mock.calls)).not.toContain(session.id);
    expect(await idsOf(sessions, userId)).toContain(session.id);
  });

  test('twice at once makes two, each with its own end', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const [one, other] = await Promise.all([
      impersonated(sessions, { userId }),
      impersonated(sessions, { userId }),
    ]);
    expect(await idsOf(sessions, userId)).toEqual([one.session.id, other.session.id].sort());
    await sessions.impersonation.stop(one.session.id);
    expect(await sessions.verify(other.tokens.accessToken)).toMatchObject({ status: 'active' });
  });

  test('A37 is possible after all sessions were ended, and ends with the next time', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    await sessions.revokeAll(userId);
    const { tokens } = await impersonated(sessions, { userId });
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    bench.time.advance(1);
    await sessions.revokeAll(userId);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'revoked', reason: 'revoked_all' });
  });

  test('ends with the untrusted devices, whoever tried to mark it as trusted', async () => {
    const sessions = bench.open();
    const { session, tokens, userId } = await impersonated(sessions, { userId: bench.newUser() });
    await sessions.update(session.id, { trusted: true });
    expect(await sessions.revokeUntrusted(userId)).toMatchObject({ count: 1 });
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'revoked', reason: 'untrusted' });
  });

  describe('A76 is forbidden', () => {
    const outcomeOf = async (input: object, mayImpersonate?: MayImpersonate) => {
      const sessions = bench.open({ impersonation: { mayImpersonate } });
      const userId = bench.newUser();
      const heard = listenTo(sessions);
      const outcome = await sessions.impersonation.start({ actor: support, userId, reason, ...input });
      expect(await idsOf(sessions, userId)).toEqual([]);
      expect((await sessions.history(userId)).data).toEqual([]);
      expect(heard).toEqual([]);
      return outcome;
    };

    test.each([[[]], [['users:read', 'users:write', 'fleet:write']], [['impersonat']]])(
      'to an actor with the scopes %j',
      async (scopes) => {
        const asked = jest.fn(() => true);
        expect(await outcomeOf({ actor: { id: 'support-7', scopes } }, asked)).toMatchObject({
          status: 'forbidden',
          error: { code: 'insufficient_scope', status: 403 },
        });
        expect(asked).not.toHaveBeenCalled();
      },
    );

    test('to one who acts as someone else already, by the word of the caller or by their session', async () => {
      const nested = { status: 'forbidden', error: { code: 'forbidden_while_impersonating', status: 403 } };
      expect(await outcomeOf({ actor: { ...support, type: 'impersonator' } })).toMatchObject(nested);
      const { session } = await impersonated(bench.open(), { userId: bench.newUser() });
      expect(await outcomeOf({ actor: { ...support, sessionId: session.id } })).toMatchObject(nested);
    });

    test('to one whose own session has ended, has run out, or never was', async () => {
      const over = { status: 'forbidden', error: { code: 'login_required' } };
      const sessions = bench.open();
      const [ended, old] = [await signedIn(sessions), await signedIn(sessions)];
      await sessions.revoke(ended.session.id);
      bench.time.advance(hour);
      const unknown = '00000000-0000-4000-8000-000000000000';
      for (const sessionId of [ended.session.id, old.session.id, unknown]) {
        expect(await outcomeOf({ actor: { ...support, sessionId } })).toMatchObject(over);
      }
    });

    test('as oneself', async () => {
      const sessions = bench.open();
      const { session, userId } = await signedIn(sessions);
      const actor = { ...support, sessionId: session.id };
      expect(await sessions.impersonation.start({ actor, userId, reason })).toMatchObject({
        status: 'forbidden',
        error: { code: 'impersonation_refused' },
      });
      expect(await idsOf(sessions, userId)).toEqual([session.id]);
    });

    test('as whom the app protects, such as other administrators', async () => {
      const asked = jest.fn<boolean, Parameters<MayImpersonate>>(() => false);
      expect(await outcomeOf({}, asked)).toMatchObject({
        status: 'forbidden',
        error: { code: 'impersonation_refused', status: 403 },
      });
      const userId = expect.any(String) as string;
      expect(asked.mock.calls).toEqual([[{ actor: { id: 'support-7' }, userId, reason }]]);
    });

    test('as whom the app does not know: not found', async () => {
      const answer = await outcomeOf({}, () => Promise.resolve(null));
      expect(answer).toMatchObject({ status: 'not-found', error: { code: 'not_found', status: 404 } });
    });
  });

  test('A76 begins where the app says yes, at once or later', async () => {
    for (const mayImpersonate of [() => true, () => Promise.resolve(true)]) {
      await impersonated(bench.open({ impersonation: { mayImpersonate } }), { userId: bench.newUser() });
    }
  });

  const broken: Record<string, () => unknown> = {
    throws: () => {
      throw new Error('the database is away');
    },
    rejects: () => Promise.reject(new Error('the database is away')),
    'gives nothing': () => undefined,
    'gives a word': () => 'yes',
    'gives 1': () => 1,
  };
  test.each(Object.keys(broken))('A76 fails closed where mayImpersonate %s, and tells of it', async (how) => {
    const sessions = bench.open({ impersonation: { mayImpersonate: broken[how] as MayImpersonate } });
    const userId = bench.newUser();
    const heard = listenTo(sessions);
    const error = await rejectionOf(sessions.impersonation.start({ actor: support, userId, reason }));
    expect(error).toMatchObject({ code: 'hook_failed', status: 503 });
    const hook = 'impersonation.mayImpersonate';
    expect(heard).toMatchObject([{ name: 'hook.failed', event: { hook, userId } }]);
    expect(await idsOf(sessions, userId)).toEqual([]);
  });

  test('A32 begins nowhere where the store does not answer', async () => {
    const sessions = bench.open();
    const admin = await signedIn(sessions);
    const input = { actor: { ...support, sessionId: admin.session.id }, userId: bench.newUser(), reason };
    for (const verb of ['find', 'create'] as const) {
      bench.store.failNext(verb);
      expect(await rejectionOf(sessions.impersonation.start(input))).toMatchObject({ code: 'store_unavailable' });
    }
    expect(await idsOf(sessions, input.userId)).toEqual([]);
  });

  test('costs 1 round trip, and 2 with the administrator’s own session', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    expect(await bench.store.callsDuring(() => impersonated(sessions, { userId }))).toEqual(['create']);
    const calls = await bench.store.callsDuring(() => impersonatedBySignedIn(sessions, { userId }));
    expect(calls).toEqual(['create', 'find', 'create']);
  });
});

test('B29 a mayImpersonate that never answers holds nobody longer than the store’s deadline', async () => {
  const bench = new SessionBench(storeKinds[0]!);
  const sessions = bench.open({ impersonation: { mayImpersonate: () => new Promise(() => undefined) } });
  const started = performance.now();
  const error = await rejectionOf(sessions.impersonation.start({ actor: support, userId: 'alice', reason }));
  expect(error).toMatchObject({ code: 'hook_failed' });
  expect(performance.now() - started).toBeLessThan(15_000);
  await bench.close();
});
