import { SessionManager } from '../lib/session-manager';
import { MemoryStore } from '../lib/stores/memory/memory-store';
import { RedisStore } from '../lib/stores/redis/redis-store';
import { refusalOf } from './fixtures/refusal-of';
import { listenTo, namesOf, SessionBench, signedIn } from './fixtures/session-bench';
import { minute } from './fixtures/session-record';
import { storeKinds } from './fixtures/stores';

describe('a manager', () => {
  test('refuses wrong options by name, with what was expected and what came', () => {
    expect(refusalOf(() => new SessionManager({ lifetimes: { accessToken: 900 as never } }))).toMatchObject({
      code: 'options_invalid',
      message:
        "lifetimes.accessToken: expected a duration such as '15m', got 900 (did you mean '900ms', '900s' or '900m'?)",
    });
    expect(refusalOf(() => new SessionManager({ lifetime: {} } as never)).message).toBe(
      "lifetime: unknown option; did you mean 'lifetimes'?",
    );
  });

  test('shows the options in force, frozen', async () => {
    const store = new MemoryStore();
    const { settings } = new SessionManager({ store, lifetimes: { idle: '1h' } });
    expect(settings.lifetimes).toMatchObject({ idle: 60 * minute, accessToken: 15 * minute });
    expect(Object.isFrozen(settings)).toBe(true);
    await store.close();
  });
});

describe('without a store', () => {
  const { REDIS_URL, NODE_ENV } = process.env;
  const connect = jest.spyOn(RedisStore.prototype, 'now');
  let warnings: jest.SpyInstance;

  beforeEach(() => {
    delete process.env['REDIS_URL'];
    warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  });

  afterEach(() => {
    warnings.mockRestore();
    process.env['NODE_ENV'] = NODE_ENV!;
    if (REDIS_URL === undefined) delete process.env['REDIS_URL'];
    else process.env['REDIS_URL'] = REDIS_URL;
  });

  afterAll(() => connect.mockRestore());

  test('sessions live in memory, silently while developing', async () => {
    const sessions = new SessionManager();
    const { userId } = await signedIn(sessions);
    expect((await sessions.list(userId)).data).toHaveLength(1);
    expect(warnings).not.toHaveBeenCalled();
    await sessions.close();
  });

  test('in production a warning tells that they end with the process', async () => {
    process.env['NODE_ENV'] = 'production';
    await new SessionManager().close();
    expect(warnings).toHaveBeenCalledTimes(1);
    expect(warnings).toHaveBeenCalledWith(expect.stringContaining('REDIS_URL is not set'), {
      type: 'SessionkeeperWarning',
      code: 'SESSIONKEEPER_MEMORY_IN_PRODUCTION',
    });
  });

  test('they live in Redis where REDIS_URL is set, with no warning', async () => {
    process.env['NODE_ENV'] = 'production';
    process.env['REDIS_URL'] = 'redis://127.0.0.1:1';
    const sessions = new SessionManager();
    await expect(sessions.now()).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(connect).toHaveBeenCalled();
    await sessions.close();
  });

  test('a memory store that was asked for is not warned of', async () => {
    process.env['NODE_ENV'] = 'production';
    await new SessionManager({ store: new MemoryStore() }).close();
    expect(warnings).not.toHaveBeenCalled();
  });
});

describe.each(storeKinds)('a manager on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  test('now is the clock that it was given', async () => {
    const sessions = bench.open();
    expect(await sessions.now()).toBe(bench.time.now());
    bench.time.advance(7);
    expect(await sessions.now()).toBe(bench.time.now());
  });

  test('now is the store’s clock where none was given, less what that may be off', async () => {
    const sessions = new SessionManager({ store: bench.store.port });
    await sessions.now();
    const before = await bench.store.port.now();
    const now = await sessions.now();
    const after = await bench.store.port.now();
    const error = bench.store.port.clockErrorMilliseconds();
    expect(error).toBeGreaterThanOrEqual(0);
    expect(now).toBeGreaterThanOrEqual(before - error);
    expect(now).toBeLessThanOrEqual(after - error);
  });

  test('A37 on the store’s own clock a sign-in that begins when all were ended is not taken for an older one', async () => {
    const sessions = new SessionManager({ store: bench.store.port });
    const userId = bench.newUser();
    for (let turn = 0; turn < 5; turn++) {
      await sessions.revokeAll(userId);
      const outcome = await sessions.create({ userId, startedAt: await sessions.now() });
      expect(outcome.status).toBe('created');
    }
  });

  test('A37 on the store’s own clock a sign-in that began before is refused', async () => {
    const sessions = new SessionManager({ store: bench.store.port });
    const userId = bench.newUser();
    const startedAt = await sessions.now();
    await sessions.revokeAll(userId);
    expect(await sessions.create({ userId, startedAt })).toMatchObject({ status: 'stale-sign-in' });
  });

  test('stops telling a listener that was removed', async () => {
    const sessions = bench.open();
    const listener = jest.fn();
    const remove = sessions.on('session.created', listener);
    await signedIn(sessions);
    remove();
    await signedIn(sessions);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  test('A67 goes on though a listener throws or rejects', async () => {
    const warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const sessions = bench.open();
    const boom = (): never => {
      throw new Error('boom');
    };
    const asyncBoom: unknown = () => Promise.reject(new Error('boom'));
    sessions.on('session.created', boom);
    sessions.on('token.rotated', asyncBoom as () => void);
    sessions.on('session.ended', boom);
    const heard = listenTo(sessions);
    const { tokens, session } = await signedIn(sessions);
    expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({ status: 'rotated' });
    expect(await sessions.revoke(session.id)).toMatchObject({ status: 'ended' });
    await new Promise(setImmediate);
    expect(namesOf(heard)).toEqual(['session.created', 'token.rotated', 'session.ended']);
    expect(warnings).toHaveBeenCalledTimes(3);
    warnings.mockRestore();
  });
});
