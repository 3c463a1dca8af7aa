import type { CredentialsChangedAt, ManagerOptions } from '../../lib/options/manager-options';
import type { SessionStore } from '../../lib/store/session-store';
import { rejectionOf } from '../fixtures/refusal-of';
import { laptop, listenTo, namesOf, renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('credentialsChangedAt on $name', (kind) => {
  let bench: SessionBench;
  /** What the app has stored of its users, as every process reads it. */
  let changes: Map<string, number>;
  beforeEach(() => {
    bench = new SessionBench(kind);
    changes = new Map();
  });
  afterEach(() => bench.close());

  const credentialsChangedAt: CredentialsChangedAt = (userId) => changes.get(userId);
  const revoked = {
    status: 'revoked',
    reason: 'password_changed',
    error: { code: 'session_revoked', reason: 'password_changed' },
  };

  test('A34 ends at renewal what a change of password could not: the store was down, and its process died', async () => {
    const sessions = bench.open({ credentialsChangedAt });
    const { userId, session, tokens } = await signedIn(sessions);
    bench.time.advance(minute);
    changes.set(userId, await sessions.now());
    bench.store.failNext('revokeAll');
    expect(await rejectionOf(sessions.revokeAll(userId))).toMatchObject({ code: 'store_unavailable' });

    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    const heard = listenTo(sessions);
    expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject(revoked);
    expect(namesOf(heard)).toEqual(['token.rotated', 'session.ended']);
    expect(heard[1]!.event).toMatchObject({
      reason: 'password_changed',
      actor: { type: 'system' },
      session: { id: session.id, reason: 'password_changed' },
    });
    expect((await sessions.history(userId)).data[0]).toMatchObject({
      event: 'session_revoked',
      sessionId: session.id,
      reason: 'password_changed',
      actor: { type: 'system' },
    });
    expect(await sessions.verify(tokens.accessToken)).toMatchObject(revoked);
    expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject({ status: 'revoked' });
    expect((await sessions.list(userId)).data).toEqual([]);
  });

  test('without grace it asks before the exchange: where the app does not answer, the token is still good', async () => {
    let isAway = true;
    const sessions = bench.open({
      rotation: { grace: '0s' },
      credentialsChangedAt: (userId) => {
        if (isAway) throw new Error('the database is away');
        return changes.get(userId);
      },
    });
    const { userId, tokens } = await signedIn(sessions);
    expect(await rejectionOf(sessions.refresh(tokens.refreshToken, laptop))).toMatchObject({ code: 'hook_failed' });
    isAway = false;
    const next = await renewed(sessions, tokens.refreshToken);
    changes.set(userId, await sessions.now());
    expect(await sessions.refresh(next.refreshToken, laptop)).toMatchObject(revoked);
    expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject(revoked);
    expect((await sessions.list(userId)).data).toEqual([]);
  });

  test('A37 refuses a sign-in that read the password before', async () => {
    const sessions = bench.open({ credentialsChangedAt });
    const userId = bench.newUser();
    const startedAt = await sessions.now();
    changes.set(userId, startedAt);
    bench.time.advance(1);
    expect(await sessions.create({ userId, startedAt })).toMatchObject({ status: 'stale-sign-in' });
    expect(await sessions.create({ userId, startedAt: startedAt + 1 })).toMatchObject({ status: 'created' });
  });

  test('counts sessions that began at that very millisecond, and none that began after it', async () => {
    const sessions = bench.open({ credentialsChangedAt });
    const [at, after] = [await signedIn(sessions), await signedIn(sessions)];
    const now = bench.time.now();
    changes.set(at.userId, now).set(after.userId, now - 1);
    expect(await sessions.refresh(at.tokens.refreshToken)).toMatchObject(revoked);
    expect(await sessions.refresh(after.tokens.refreshToken)).toMatchObject({ status: 'rotated' });
  });

  test('spares the session that changed the password: it began anew with its new tokens', async () => {
    const sessions = bench.open({ credentialsChangedAt });
    const { userId, session } = await signedIn(sessions);
    bench.time.advance(minute);
    changes.set(userId, await sessions.now());
    const { reissued } = await sessions.revokeAll(userId, { except: session.id, reissue: true });
    const next = await renewed(sessions, reissued!.tokens.refreshToken!);
    await renewed(sessions, next.refreshToken);
  });

  test.each([null, undefined, 0])('of %p is no change', async (answer) => {
    const sessions = bench.open({ credentialsChangedAt: () => answer });
    await renewed(sessions, (await signedIn(sessions)).tokens.refreshToken);
  });

  test('is asked again where a lost reply is asked for again', async () => {
    const sessions = bench.open({ credentialsChangedAt });
    const { userId, tokens } = await signedIn(sessions);
    await renewed(sessions, tokens.refreshToken);
    changes.set(userId, bench.time.now());
    expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject(revoked);
  });

  test('is asked about the session’s own user, once, and costs the store nothing', async () => {
    const asked: string[] = [];
    const sessions = bench.open({
      credentialsChangedAt: async (userId) => {
        asked.push(userId);
        return Promise.resolve(null);
      },
    });
    const { userId, tokens } = await signedIn(sessions);
    asked.length = 0;
    expect(await bench.store.callsDuring(() => renewed(sessions, tokens.refreshToken))).toEqual(['rotate']);
    expect(asked).toEqual([userId]);
  });

  test('left out costs nothing: a renewal is one command', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    expect(await bench.store.callsDuring(() => renewed(sessions, tokens.refreshToken))).toEqual(['rotate']);
  });

  describe('that fails', () => {
    let answer: () => unknown;
    const options: ManagerOptions = { credentialsChangedAt: (() => answer()) as CredentialsChangedAt };
    const fine = (): null => null;

    test.each<[string, () => unknown]>([
      [
        'throws',
        () => {
          throw new Error('database down');
        },
      ],
      ['rejects', () => Promise.reject(new Error('database down'))],
      ['gives NaN', () => Number.NaN],
      ['gives a time before all time', () => -1],
      ['gives Infinity', () => Infinity],
      ['gives text', () => '2026-01-01'],
      ['gives a Date', () => new Date()],
      ['gives false', () => false],
    ])('as it %s, hands out no tokens, tells of it, and the next try gets them', async (_how, failing) => {
      const sessions = bench.open(options);
      answer = fine;
      const { userId, session, tokens } = await signedIn(sessions);
      const heard = listenTo(sessions);
      answer = failing;
      const error = await rejectionOf(sessions.refresh(tokens.refreshToken, laptop));
      expect(error).toMatchObject({ code: 'hook_failed', status: 503, headers: { 'Retry-After': '1' } });
      expect(error.detail).not.toContain('database');
      expect(heard.at(-1)).toEqual({
        name: 'hook.failed',
        event: { hook: 'credentialsChangedAt', userId, error: expect.any(Error) as Error },
      });
      answer = fine;
      expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject({
        status: 'repeated',
        session: { id: session.id },
      });
    });

    test('as it does not answer in time, hands out no tokens', async () => {
      let deadline = bench.store.port.deadlineMilliseconds;
      const store = new Proxy<SessionStore>(bench.store.port, {
        get: (target, name) =>
          name === 'deadlineMilliseconds' ? deadline : (Reflect.get(target, name) as unknown),
      });
      const sessions = bench.open({ ...options, store });
      answer = fine;
      const { tokens } = await signedIn(sessions);
      const heard = listenTo(sessions);
      // Only the hook is hurried: the store may take its time on a busy machine.
      bench.store.interceptNext('rotate', async (proceed) => {
        const outcome = await proceed();
        deadline = 20;
        return outcome;
      });
      answer = () => new Promise(() => undefined);
      expect(await rejectionOf(sessions.refresh(tokens.refreshToken))).toMatchObject({ code: 'hook_failed' });
      expect(heard.at(-1)).toMatchObject({
        name: 'hook.failed',
        event: { error: { message: 'no answer within 20 ms' } },
      });
    });

    test('once the password was changed ends the session as soon as it answers again', async () => {
      const sessions = bench.open(options);
      answer = fine;
      const { tokens } = await signedIn(sessions);
      answer = () => Promise.reject(new Error('database down'));
      await rejectionOf(sessions.refresh(tokens.refreshToken, laptop));
      answer = () => bench.time.now();
      expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject(revoked);
    });
  });

  test('hands out no tokens where the session cannot be ended now; it is at the next try', async () => {
    const sessions = bench.open({ credentialsChangedAt });
    const { userId, tokens } = await signedIn(sessions);
    changes.set(userId, bench.time.now());
    bench.store.failNext('revoke');
    expect(await rejectionOf(sessions.refresh(tokens.refreshToken, laptop))).toMatchObject({
      code: 'store_unavailable',
    });
    expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject(revoked);
  });

  test('leaves alone a session that was given other tokens while it was asked', async () => {
    const kept: { accessToken?: string } = {};
    const sessions = bench.open({
      credentialsChangedAt: async () => {
        if (userId === '') return null;
        const changedAt = bench.time.now();
        const { reissued } = await sessions.revokeAll(userId, { except: session.id, reissue: true });
        Object.assign(kept, reissued!.tokens);
        return changedAt;
      },
    });
    let userId = '';
    const { session, tokens, userId: signed } = await signedIn(sessions);
    userId = signed;
    expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({ status: 'invalid' });
    expect(await sessions.verify(kept.accessToken!)).toMatchObject({ status: 'active' });
  });
});
