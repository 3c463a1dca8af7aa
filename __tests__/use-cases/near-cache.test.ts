import crypto from 'node:crypto';
import { MemoryStore, SessionError, SessionManager } from '../../lib';
import { renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';
import { waitUntil } from '../harness/wait-until';

describe.each(storeKinds)('a near cache on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  /** Verified until it is kept: the push is armed a moment after the manager was opened. */
  async function keep(sessions: SessionManager, token: string): Promise<void> {
    await waitUntil('the near cache holds the session', async () => {
      expect(await sessions.verify(token)).toMatchObject({ status: 'active' });
      return sessions.verifyFromCache(token) !== undefined;
    });
  }

  test('answers without the store, with what the store would say', async () => {
    const sessions = bench.open({ nearCache: {} });
    const { tokens } = await signedIn(sessions, { data: { plan: 'gold', nested: { deep: [1] } } });
    const asked = await sessions.verify(tokens.accessToken);
    await keep(sessions, tokens.accessToken);
    const calls = await bench.store.callsDuring(async () => {
      expect(await sessions.verify(tokens.accessToken)).toEqual(asked);
      expect(sessions.verifyFromCache(tokens.accessToken)).toEqual(asked);
    });
    expect(calls).toEqual([]);
  });

  test('asks the store each time without the option, or before it has seen the token', async () => {
    const plain = bench.open();
    const { tokens } = await signedIn(plain);
    await plain.verify(tokens.accessToken);
    expect(plain.verifyFromCache(tokens.accessToken)).toBeUndefined();
    expect(bench.open({ nearCache: {} }).verifyFromCache(tokens.accessToken)).toBeUndefined();
  });

  test('`fresh` asks the store, and joins nobody’s read', async () => {
    const sessions = bench.open({ nearCache: {} });
    const { accessToken } = (await signedIn(sessions)).tokens;
    await keep(sessions, accessToken);
    expect(sessions.verifyFromCache(accessToken, { fresh: true })).toBeUndefined();
    const calls = await bench.store.callsDuring(() =>
      Promise.all([
        sessions.verify(accessToken, undefined, { fresh: true }),
        sessions.verify(accessToken, undefined, { fresh: true }),
      ]),
    );
    expect(calls).toEqual(['find', 'find']);
  });

  test('what it shares cannot be changed by the one who got it first', async () => {
    const sessions = bench.open({ nearCache: {} });
    const { accessToken } = (await signedIn(sessions, { data: { cart: { items: [1] } } })).tokens;
    await keep(sessions, accessToken);
    const { session } = sessions.verifyFromCache(accessToken)!;
    const { cart } = session.data as { cart: { items: number[] } };
    expect(() => cart.items.push(2)).toThrow(TypeError);
    expect(() => ((session.device as { name: unknown }).name = 'x')).toThrow(TypeError);
  });

  test('many who miss at once make one read', async () => {
    const sessions = bench.open({ nearCache: { maxStale: '60s' } });
    const { accessToken } = (await signedIn(sessions)).tokens;
    await keep(sessions, accessToken);
    bench.time.advance(minute);
    const calls = await bench.store.callsDuring(async () => {
      const outcomes = await Promise.all(Array.from({ length: 50 }, () => sessions.verify(accessToken)));
      expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['active']));
    });
    expect(calls.filter((verb) => verb === 'find')).toEqual(['find']);
  });

  const endings: Record<
    string,
    (sessions: SessionManager, id: string, userId: string, token: string) => Promise<unknown>
  > = {
    revoke: (sessions, id) => sessions.revoke(id),
    revokeAll: (sessions, _, userId) => sessions.revokeAll(userId),
    revokeToken: (sessions, _, __, token) => sessions.revokeToken(token),
    'revokeToken of the token alone': (sessions, _, __, token) => sessions.revokeToken(token, { scope: 'token' }),
    reissue: (sessions, id) => sessions.reissue(id),
    'a sign-in that evicts it': (sessions, _, userId) =>
      signedIn(sessions, { userId, limit: { max: 1, onExceeded: 'evict-oldest' } }),
  };
  test.each(Object.entries(endings))(
    'A30 A38 is dropped on this node before %s resolves, and on another as soon as it hears of it',
    async (_, end) => {
      const here = bench.open({ nearCache: {} });
      const there = bench.open({ nearCache: {} });
      const { userId, session, tokens } = await signedIn(here);
      const token = tokens.accessToken;
      await keep(here, token);
      await keep(there, token);
      bench.time.advance(1);
      await end(here, session.id, userId, token);
      expect(here.verifyFromCache(token)).toBeUndefined();
      expect((await here.verify(token)).status).not.toBe('active');
      await waitUntil('the other node refuses', async () => (await there.verify(token)).status !== 'active');
      expect(there.verifyFromCache(token)).toBeUndefined();
    },
  );

  test('A18 a token runs out in the cache to the millisecond', async () => {
    const sessions = bench.open({ nearCache: { maxStale: '60s' }, lifetimes: { accessToken: '1m' } });
    const { accessToken } = (await signedIn(sessions)).tokens;
    await keep(sessions, accessToken);
    bench.time.advance(minute - 1);
    expect(sessions.verifyFromCache(accessToken, { slide: false })).toMatchObject({ status: 'active' });
    bench.time.advance(1);
    expect(sessions.verifyFromCache(accessToken, { slide: false })).toBeUndefined();
    expect(await sessions.verify(accessToken)).toMatchObject({ status: 'expired' });
  });

  test('A38 no answer is older than maxStale', async () => {
    const sessions = bench.open({ nearCache: { maxStale: '2s' } });
    const { accessToken } = (await signedIn(sessions)).tokens;
    await keep(sessions, accessToken);
    bench.time.advance(1_999);
    expect(sessions.verifyFromCache(accessToken)).toBeDefined();
    bench.time.advance(1);
    expect(sessions.verifyFromCache(accessToken)).toBeUndefined();
  });

  test('a use that is to be recorded goes to the store, a poll that does not count does not', async () => {
    const sessions = bench.open({ nearCache: { maxStale: '60s' }, lifetimes: { idle: '1m' } });
    const { session, tokens } = await signedIn(sessions);
    const token = tokens.accessToken;
    await keep(sessions, token);
    bench.time.advance(6_000);
    expect(sessions.verifyFromCache(token, { slide: false })).toBeDefined();
    const calls = await bench.store.callsDuring(async () => {
      await sessions.verify(token);
      await sessions.flush();
    });
    expect(calls).toEqual(['find', 'touch']);
    expect(sessions.verifyFromCache(token)).toBeUndefined();
    const { lastSeenAt } = (await sessions.get(session.id))!;
    expect(Date.parse(lastSeenAt)).toBe(bench.time.now());
  });

  test('the first use of a successor is recorded, though a lookup that confirms nothing has filled the cache', async () => {
    const sessions = bench.open({ nearCache: { maxStale: '60s' } });
    const { tokens } = await signedIn(sessions);
    await keep(sessions, tokens.accessToken);
    const successor = await renewed(sessions, tokens.refreshToken);
    await waitUntil('the near cache holds the successor', async () => {
      await sessions.verify(successor.accessToken, undefined, { confirm: false });
      return sessions.verifyFromCache(successor.accessToken, { confirm: false }) !== undefined;
    });
    expect(sessions.verifyFromCache(successor.accessToken)).toBeUndefined();
    const calls = await bench.store.callsDuring(async () => {
      await sessions.verify(successor.accessToken);
      await sessions.flush();
    });
    expect(calls).toEqual(['find', 'touch']);
  });

  test('a token that slides without refresh tokens keeps sliding', async () => {
    const sessions = bench.open({ nearCache: {}, lifetimes: { accessToken: '1m', refreshToken: false } });
    const { accessToken } = (await signedIn(sessions)).tokens;
    for (let use = 0; use < 40; use++) {
      bench.time.advance(2_000);
      expect(await sessions.verify(accessToken)).toMatchObject({ status: 'active' });
      await sessions.flush();
    }
  });

  test('A6 keeps no token in its memory, and nothing after the manager is closed', async () => {
    const sessions = bench.open({ nearCache: {} });
    const { accessToken } = (await signedIn(sessions)).tokens;
    await keep(sessions, accessToken);
    await sessions.close();
    expect(sessions.verifyFromCache(accessToken)).toBeUndefined();
  });
});

describe('a near cache on a store whose time is not known', () => {
  /** A memory store whose `now()` can be made a promise, as it is where the clock was measured long ago. */
  function forgetful() {
    const store = new MemoryStore();
    let now: () => number | Promise<number> = () => store.now();
    const port = new Proxy(store, {
      get(target, name) {
        if (name === 'now') return now;
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      },
    });
    return { store, port, forget: (then: () => number | Promise<number>) => void (now = then) };
  }

  test('A30 A38 keeps nothing over the time that it takes to learn the time', async () => {
    const { store, port, forget } = forgetful();
    const sessions = new SessionManager({ store: port, nearCache: {} });
    const elsewhere = new SessionManager({ store });
    const { session, tokens } = await signedIn(elsewhere);
    let learn!: (now: number) => void;
    const learnt = new Promise<number>((resolve) => (learn = resolve));
    forget(() => learnt);
    const verifying = sessions.verify(tokens.accessToken);
    await new Promise(setImmediate);
    await elsewhere.revoke(session.id);
    learn(store.now());
    expect(await verifying).toMatchObject({ status: 'active' }); // it was, when it was read
    forget(() => store.now());
    expect(sessions.verifyFromCache(tokens.accessToken)).toBeUndefined();
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'revoked' });
    await store.close();
  });

  test('does not end the process where the time cannot be learnt', async () => {
    const { store, port, forget } = forgetful();
    const sessions = new SessionManager({ store: port, nearCache: {} });
    const { tokens } = await signedIn(sessions);
    await sessions.verify(tokens.accessToken);
    expect(sessions.verifyFromCache(tokens.accessToken)).toBeDefined();
    const unheard = jest.fn();
    process.on('unhandledRejection', unheard);
    forget(() => Promise.reject(new SessionError('store_unavailable')));
    expect(sessions.verifyFromCache(tokens.accessToken)).toBeUndefined();
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
    process.off('unhandledRejection', unheard);
    expect(unheard).not.toHaveBeenCalled();
    await store.close();
  });
});

test('A56 what cannot be an access token costs nothing and throws nothing, with something in the cache', async () => {
  const sessions = new SessionManager({ store: new MemoryStore(), nearCache: {} });
  const { accessToken } = (await signedIn(sessions)).tokens;
  await sessions.verify(accessToken);
  expect(sessions.verifyFromCache(accessToken)).toBeDefined();
  const hashed = jest.spyOn(crypto, 'hash');
  const strange = [undefined, null, 5, {}, [], Buffer.from(accessToken), accessToken.repeat(1_000), ''] as string[];
  for (const token of strange) {
    expect(sessions.verifyFromCache(token)).toBeUndefined();
    expect(await sessions.verify(token)).toMatchObject({ status: 'invalid' });
  }
  expect(hashed).not.toHaveBeenCalled();
  sessions.verifyFromCache(accessToken);
  expect(hashed).toHaveBeenCalledTimes(1);
  hashed.mockRestore();
  await sessions.close();
});

test('A38 whoever asks past the cache and is refused has emptied it for others', async () => {
  const sessions = new SessionManager({ store: new MemoryStore(), nearCache: {} });
  const { accessToken } = (await signedIn(sessions)).tokens;
  const store = sessions.settings.store!;
  await sessions.verify(accessToken);
  const find = jest.spyOn(store, 'find').mockResolvedValueOnce(undefined);
  expect(await sessions.verify(accessToken, undefined, { fresh: true })).toMatchObject({ status: 'invalid' });
  expect(sessions.verifyFromCache(accessToken)).toBeUndefined();
  find.mockRestore();
  await sessions.close();
});
