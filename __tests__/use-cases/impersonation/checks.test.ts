import type { SessionManager } from '../../../lib';
import { idsOf } from '../../fixtures/devices';
import { impersonated, impersonatedBySignedIn, support } from '../../fixtures/impersonations';
import { rejectionOf } from '../../fixtures/refusal-of';
import { listenTo, renewed, SessionBench, signedIn } from '../../fixtures/session-bench';
import { hour, minute } from '../../fixtures/session-record';
import { storeKinds } from '../../fixtures/stores';

const gone = { status: 'revoked', reason: 'impersonator_signed_out', error: { code: 'session_revoked' } };

describe.each(storeKinds)('checking an impersonated session on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  const endings: Record<
    string,
    (sessions: SessionManager, admin: { id: string; userId: string }) => Promise<unknown>
  > = {
    'is ended': (sessions, { id }) => sessions.revoke(id),
    'is ended with all': (sessions, { userId }) => sessions.revokeAll(userId),
    'is evicted': (sessions, { userId }) =>
      signedIn(sessions, { userId, limit: { max: 1, onExceeded: 'evict-oldest' } }),
    'runs out': () => Promise.resolve(bench.time.advance(30 * minute)),
  };
  test.each(Object.entries(endings))(
    'A76 ends it once the administrator’s own session %s, on every node, with an entry and an event',
    async (_how, end) => {
      const [sessions, elsewhere] = [bench.open(), bench.open()];
      const { admin, tokens, session, userId } = await impersonatedBySignedIn(sessions, {
        userId: bench.newUser(),
        lifetime: '8h',
      });
      expect(await elsewhere.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
      await end(sessions, admin.session);
      const heard = listenTo(elsewhere);
      expect(await elsewhere.verify(tokens.accessToken)).toMatchObject(gone);
      const actor = { type: 'system' };
      expect(heard).toMatchObject([
        { name: 'session.ended', event: { session: { id: session.id }, reason: gone.reason, actor } },
      ]);
      const [entry] = (await sessions.history(userId)).data;
      const event = 'session_revoked';
      expect(entry).toMatchObject({ event, actor, reason: gone.reason, sessionId: session.id });
      expect(await sessions.verify(tokens.accessToken)).toMatchObject(gone);
      expect(await idsOf(sessions, userId)).toEqual([]);
    },
  );

  test('A76 lives as long as the administrator’s session does, renewed or given new tokens', async () => {
    const sessions = bench.open();
    const { admin, tokens } = await impersonatedBySignedIn(sessions, { userId: bench.newUser(), lifetime: '8h' });
    let { refreshToken } = admin.tokens;
    for (let count = 0; count < 6; count++) {
      bench.time.advance(20 * minute);
      ({ refreshToken } = await renewed(sessions, refreshToken));
      expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    }
    await sessions.reissue(admin.session.id);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    bench.time.advance(hour);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject(gone);
  });

  test('does not ask after a session where the administrator named none', async () => {
    const sessions = bench.open();
    const { tokens } = await impersonated(sessions, { userId: bench.newUser() });
    const calls = await bench.store.callsDuring(() => sessions.verify(tokens.accessToken));
    expect(calls).toEqual(['find']);
  });

  test('costs a second read, and moves only its own lastSeenAt', async () => {
    const sessions = bench.open();
    const own = await signedIn(sessions);
    const { userId } = own;
    const { admin, session, tokens } = await impersonatedBySignedIn(sessions, { userId });
    await sessions.flush();
    bench.time.advance(5 * minute);
    const calls = await bench.store.callsDuring(async () => {
      await sessions.verify(tokens.accessToken);
      await sessions.flush();
    });
    expect(calls).toEqual(['find', 'find', 'touch']);
    const at = new Date(bench.time.now()).toISOString();
    expect((await sessions.get(session.id))?.lastSeenAt).toBe(at);
    for (const other of [own, admin])
      expect(await sessions.get(other.session.id)).toEqual({ ...other.session, current: false });
  });

  test.each([0, 1])('A32 is never a pass where the store does not answer read %d', async (read) => {
    const sessions = bench.open();
    const { admin, tokens } = await impersonatedBySignedIn(sessions, { userId: bench.newUser() });
    const fail = (): void => {
      if (read === 1) bench.store.interceptNext('find', (proceed) => proceed());
      bench.store.failNext('find');
    };
    for (const check of [
      () => sessions.verify(tokens.accessToken),
      () => sessions.introspect(tokens.accessToken),
    ]) {
      fail();
      expect(await rejectionOf(check())).toMatchObject({ code: 'store_unavailable', status: 503 });
    }
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    await sessions.revoke(admin.session.id);
    bench.store.failNext('revoke');
    expect(await rejectionOf(sessions.verify(tokens.accessToken))).toMatchObject({ code: 'store_unavailable' });
    expect(await sessions.verify(tokens.accessToken)).toMatchObject(gone);
  });

  test('A36 refuses a check whose administrator signs out between its two reads', async () => {
    const sessions = bench.open();
    const { admin, tokens } = await impersonatedBySignedIn(sessions, { userId: bench.newUser() });
    bench.store.interceptNext('find', async (proceed) => {
      const record = await proceed();
      await sessions.revoke(admin.session.id);
      return record;
    });
    expect(await sessions.verify(tokens.accessToken)).toMatchObject(gone);
  });

  test('many checks at once end it once', async () => {
    const [sessions, elsewhere] = [bench.open(), bench.open()];
    const { admin, tokens, userId } = await impersonatedBySignedIn(sessions, { userId: bench.newUser() });
    await elsewhere.revoke(admin.session.id);
    const heard = [listenTo(sessions), listenTo(elsewhere)];
    const checks = Array.from({ length: 20 }, (_, index) =>
      (index % 2 ? sessions : elsewhere).verify(tokens.accessToken),
    );
    for (const outcome of await Promise.all(checks)) expect(outcome).toMatchObject(gone);
    expect(heard.flat().map(({ name }) => name)).toEqual(['session.ended']);
    const { data } = await sessions.history(userId);
    expect(data.map(({ event }) => event)).toEqual(['session_revoked', 'impersonation_started']);
  });

  test('tells what ended it before, where that was something else', async () => {
    const sessions = bench.open();
    const { admin, session, tokens } = await impersonatedBySignedIn(sessions, { userId: bench.newUser() });
    await sessions.revoke(admin.session.id);
    bench.store.interceptNext('revoke', async (proceed) => {
      await sessions.impersonation.stop(session.id);
      return proceed();
    });
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ reason: 'impersonation_stopped' });
  });

  test('A75 A9 introspection names who acts, and is inactive when their own session is over', async () => {
    const sessions = bench.open({ claims: () => ({ act: { sub: 'nobody' }, role: 'user' }) });
    const { admin, session, tokens, userId } = await impersonatedBySignedIn(sessions, { userId: bench.newUser() });
    expect(await sessions.introspect(tokens.accessToken)).toMatchObject({
      active: true,
      sub: userId,
      sid: session.id,
      act: { sub: 'support-7' },
      auth_time: 0,
      role: 'user',
    });
    await sessions.revoke(admin.session.id);
    expect(await sessions.introspect(tokens.accessToken)).toEqual({ active: false });
    expect(await sessions.verify(tokens.accessToken)).toMatchObject(gone);
  });

  test('A75 introspection names nobody in a session of the user’s own', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    expect(await sessions.introspect(tokens.accessToken)).not.toHaveProperty('act');
    expect(await sessions.introspect(tokens.refreshToken)).not.toHaveProperty('act');
  });

  test('A76 is no recent login, however lately it began', async () => {
    const sessions = bench.open();
    const { session, tokens } = await impersonated(sessions, { userId: bench.newUser() });
    expect(await sessions.hasRecentLogin(session, '400d')).toBe(false);
    expect(session.authenticatedAt).toBe('1970-01-01T00:00:00.000Z');
    await sessions.reissue(session.id, { authenticatedAt: bench.time.now() });
    expect(await sessions.hasRecentLogin((await sessions.get(session.id))!, '400d')).toBe(false);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'invalid' });
  });
});

test('A76 the same administrator in the place of two users ends neither with the other', async () => {
  const bench = new SessionBench(storeKinds[0]!);
  const sessions = bench.open();
  const [one, other] = [
    await impersonated(sessions, { userId: 'alice', actor: support }),
    await impersonated(sessions, { userId: 'bob', actor: support }),
  ];
  await sessions.impersonation.stop(one.session.id);
  expect(await sessions.verify(one.tokens.accessToken)).toMatchObject({ reason: 'impersonation_stopped' });
  expect(await sessions.verify(other.tokens.accessToken)).toMatchObject({ status: 'active' });
  await bench.close();
});
