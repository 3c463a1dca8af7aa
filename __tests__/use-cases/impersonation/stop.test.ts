import type { Actor } from '../../../lib';
import { idsOf } from '../../fixtures/devices';
import { impersonated } from '../../fixtures/impersonations';
import { rejectionOf } from '../../fixtures/refusal-of';
import { listenTo, SessionBench, signedIn } from '../../fixtures/session-bench';
import { hour } from '../../fixtures/session-record';
import { storeKinds } from '../../fixtures/stores';

const within: Actor = { type: 'impersonator', id: 'support-7' };
const forbidden = { code: 'forbidden_while_impersonating', status: 403 };

describe.each(storeKinds)('ending an impersonation on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  test.each<[string, Actor | undefined]>([
    ['the system', undefined],
    ['an administrator', { type: 'admin', id: 'support-8' }],
    ['the one within', within],
  ])('A75 by %s ends it at once, with the reason and whoever did it', async (_who, actor) => {
    const sessions = bench.open();
    const { session, tokens, userId } = await impersonated(sessions, { userId: bench.newUser() });
    const heard = listenTo(sessions);
    const outcome = await sessions.impersonation.stop(session.id, actor ? { actor } : {});
    const reason = 'impersonation_stopped';
    expect(outcome).toMatchObject({ status: 'ended', durable: true, session: { id: session.id, reason } });
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'revoked', reason });
    const by = actor ?? { type: 'system' };
    expect((await sessions.history(userId)).data[0]).toMatchObject({ actor: by, reason, sessionId: session.id });
    expect(heard).toMatchObject([{ name: 'session.ended', event: { actor: by, reason } }]);
  });

  test('twice, at once or later, ends it once', async () => {
    const sessions = bench.open();
    const { session, userId } = await impersonated(sessions, { userId: bench.newUser() });
    const heard = listenTo(sessions);
    const stops = await Promise.all([1, 2, 3].map(() => sessions.impersonation.stop(session.id)));
    expect(stops.map(({ status }) => status)).toEqual(['ended', 'ended', 'ended']);
    expect(await sessions.impersonation.stop(session.id)).toMatchObject({ status: 'ended' });
    expect(heard).toHaveLength(1);
    expect((await sessions.history(userId)).data).toHaveLength(2);
  });

  test('of a session that is none, is unknown, has run out, or is no id at all: not found, and nothing ends', async () => {
    const sessions = bench.open();
    const own = await signedIn(sessions);
    const { session } = await impersonated(sessions, { userId: own.userId });
    for (const id of [own.session.id, '00000000-0000-4000-8000-000000000000', 'mine', '']) {
      expect(await sessions.impersonation.stop(id)).toEqual({ status: 'not-found' });
    }
    expect(await idsOf(sessions, own.userId)).toHaveLength(2);
    bench.time.advance(hour);
    expect(await sessions.impersonation.stop(session.id)).toEqual({ status: 'not-found' });
  });

  test('A32 fails where the store does not answer, and can be tried again', async () => {
    const sessions = bench.open();
    const { session, tokens } = await impersonated(sessions, { userId: bench.newUser() });
    bench.store.failNext('revoke');
    expect(await rejectionOf(sessions.impersonation.stop(session.id))).toMatchObject({ code: 'store_unavailable' });
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    expect(await sessions.impersonation.stop(session.id)).toMatchObject({ status: 'ended' });
  });

  test('A76 whoever acts in a user’s place ends no other session, by id, by token or all at once', async () => {
    const sessions = bench.open();
    const own = await signedIn(sessions);
    const { userId } = own;
    const mine = await impersonated(sessions, { userId });
    const others = await impersonated(sessions, { userId, actor: { id: 'support-8', scopes: ['impersonate'] } });
    const heard = listenTo(sessions);
    const calls = [
      () => sessions.revoke(own.session.id, { actor: within }),
      () => sessions.revoke(own.session.id, { actor: within, owner: userId }),
      () => sessions.revoke(own.session.id, { actor: { type: 'impersonator' } }),
      () => sessions.revoke(others.session.id, { actor: within }),
      () => sessions.impersonation.stop(others.session.id, { actor: within }),
      () => sessions.revokeToken(own.tokens.accessToken, { actor: within }),
      () => sessions.revokeToken(own.tokens.refreshToken, { actor: within, scope: 'token' }),
      () => sessions.revokeToken(others.tokens.accessToken, { actor: within }),
      () => sessions.revokeAll(userId, { actor: within }),
      () => sessions.revokeAll(userId, { actor: within, except: mine.session.id, retry: true, reissue: true }),
      () => sessions.revokeUntrusted(userId, { actor: within }),
      () => sessions.limits.set(userId, 1, { actor: within }),
      () => sessions.limits.trim(userId, { actor: within }),
    ];
    for (const call of calls) expect(await rejectionOf(call() as Promise<unknown>)).toMatchObject(forbidden);
    expect(heard).toEqual([]);
    expect(await idsOf(sessions, userId)).toHaveLength(3);
    expect(await sessions.limits.get(userId)).toBeNull();
  });

  test('A76 another user’s session answers as an unknown one even then', async () => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions);
    expect(await sessions.revoke(session.id, { actor: within, owner: bench.newUser() })).toEqual({
      status: 'not-found',
    });
    const unknown = '00000000-0000-4000-8000-000000000000';
    expect(await sessions.revoke(unknown, { actor: within })).toEqual({ status: 'not-found' });
  });

  test('A75 their own session they may end, by id or by token, and it is told who did', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const endings = [
      ({ id }: { id: string }) => sessions.revoke(id, { actor: within, owner: userId }),
      (_: unknown, token: string) => sessions.revokeToken(token, { actor: within }),
      (_: unknown, token: string) => sessions.revokeToken(token),
    ];
    for (const end of endings) {
      const { session, tokens } = await impersonated(sessions, { userId });
      expect(await end(session, tokens.accessToken)).toMatchObject({ status: 'ended' });
      expect((await sessions.history(userId)).data[0]).toMatchObject({ actor: within, sessionId: session.id });
    }
  });

  test('A75 the user’s own tokens still end as the user’s doing, and an administrator may end anything', async () => {
    const sessions = bench.open();
    const own = await signedIn(sessions);
    await sessions.revokeToken(own.tokens.accessToken);
    expect((await sessions.history(own.userId)).data[0]).toMatchObject({ actor: { type: 'user' } });
    const { tokens, userId } = await impersonated(sessions, { userId: bench.newUser() });
    const actor = { type: 'admin', id: 'support-9' } as const;
    expect(await sessions.revokeToken(tokens.accessToken, { actor })).toMatchObject({ status: 'ended' });
    expect((await sessions.history(userId)).data[0]).toMatchObject({ actor });
  });
});
