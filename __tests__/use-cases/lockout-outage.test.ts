import { RedisStore } from '../../lib/stores/redis/redis-store';
import { SessionManager } from '../../lib/session-manager';
import { elsewhere, guess, guesses, succeed } from '../fixtures/guesses';
import { rejectionOf } from '../fixtures/refusal-of';
import { listenTo, namesOf, SessionBench } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';
import { startProxy } from '../harness/tcp-proxy';
import { freshPrefix, testRedisUrl } from '../harness/test-redis';
import { waitUntil } from '../harness/wait-until';

const failure = { name: 'background.failed', event: { operation: 'lockout', final: true } };

describe.each(storeKinds)('lockout while the store is down, on $name', (kind) => {
  let bench: SessionBench;
  let account: string;
  beforeEach(() => {
    bench = new SessionBench(kind);
    account = bench.newUser();
  });
  afterEach(() => bench.close());

  test('B2 refuses with store_unavailable unless told otherwise', async () => {
    const sessions = bench.open();
    const heard = listenTo(sessions);
    bench.store.failNext('count', 6);
    bench.store.failNext('findCounters', 2);
    bench.store.failNext('reset');
    for (const call of [
      () => sessions.lockout.check({ account, client: elsewhere() }),
      () => sessions.lockout.recordFailure({ account, client: elsewhere() }),
      () => sessions.lockout.recordFailure({ account, client: elsewhere() }, { clientLeft: true }),
      () => sessions.lockout.recordSuccess({ account, client: elsewhere() }),
      () => sessions.lockout.state(account),
      () => sessions.lockout.unlock(account),
    ]) {
      expect(await rejectionOf(call())).toMatchObject({ code: 'store_unavailable', status: 503 });
    }
    expect(heard).toEqual([]);
    expect(await guess(sessions, account, elsewhere())).toBe(0);
  });

  test('B2 a success whose failures cannot be forgotten signs nobody in', async () => {
    const sessions = bench.open();
    await guesses(sessions, 2, account);
    for (const verb of ['findCounters', 'reset'] as const) {
      bench.store.failNext(verb);
      const error = await rejectionOf(sessions.lockout.recordSuccess({ account, client: elsewhere() }));
      expect(error).toMatchObject({ code: 'store_unavailable' });
    }
    expect(await sessions.lockout.state(account)).toMatchObject({ failures: 2 });
  });

  test('B2 a failure counts for its account where its address cannot be counted, and is not to be answered', async () => {
    const sessions = bench.open();
    bench.store.interceptNext('count', (proceed) => proceed());
    bench.store.failNext('count');
    const error = await rejectionOf(sessions.lockout.recordFailure({ account, client: elsewhere() }));
    expect(error).toMatchObject({ code: 'store_unavailable' });
    expect(await sessions.lockout.state(account)).toMatchObject({ failures: 1 });
  });

  test('counts in memory where that is asked for, tells it once, and goes back as soon as the store answers', async () => {
    const sessions = bench.open({ lockout: { whenUnavailable: 'memory' } });
    const heard = listenTo(sessions);
    await guesses(sessions, 2, account);
    // Of each command the first, the account's; of a probe its address's as well.
    bench.store.failNext('count', 4 * 3 + 2 * 2);
    expect(await guesses(sessions, 6, account)).toEqual([0, 0, 0, 0, 1, 1]);
    expect(heard).toMatchObject([failure]);
    expect(heard[0]!.event).toMatchObject({ error: { code: 'store_unavailable' } });

    expect(await sessions.lockout.state(account)).toMatchObject({ status: 'open', failures: 2 });
    expect(await guesses(sessions, 3, account)).toEqual([0, 0, 1]);
    bench.store.failNext('count', 2);
    expect(await guess(sessions, account, elsewhere())).toBe(1);
    expect(heard).toMatchObject([failure, failure]);
  });

  test('what was counted in memory is forgotten by a success or an unlock, also once the store answers again', async () => {
    const sessions = bench.open({ lockout: { whenUnavailable: 'memory' } });
    for (const forget of [() => succeed(sessions, account, elsewhere()), () => sessions.lockout.unlock(account)]) {
      bench.store.failNext('count', 4 * 3 + 2);
      expect(await guesses(sessions, 5, account)).toEqual([0, 0, 0, 0, 1]);
      await forget();
      bench.store.failNext('findCounters');
      expect(await sessions.lockout.state(account)).toMatchObject({ failures: 0 });
    }
  });

  test('a success goes on in memory where that is asked for', async () => {
    const sessions = bench.open({ lockout: { whenUnavailable: 'memory' } });
    bench.store.failNext('count', 4 * 3 + 2);
    await guesses(sessions, 4, account);
    expect(await sessions.lockout.recordSuccess({ account, client: elsewhere() })).toMatchObject({
      status: 'refused',
      retryAfterSeconds: 1,
    });
    bench.time.advance(1_000);
    bench.store.failNext('findCounters');
    bench.store.failNext('reset');
    await succeed(sessions, account, elsewhere());
    bench.store.failNext('findCounters');
    expect(await sessions.lockout.state(account)).toMatchObject({ failures: 0 });
  });

  test('a mistake of the caller is no outage', async () => {
    const sessions = bench.open({ lockout: { whenUnavailable: 'memory' } });
    const heard = listenTo(sessions);
    const error = await rejectionOf(sessions.lockout.check({ account: 5 as never }));
    expect(error).toMatchObject({ code: 'request_invalid' });
    bench.store.interceptNext('count', () => Promise.reject(new TypeError('a bug')));
    await expect(sessions.lockout.recordFailure({ account, client: {} })).rejects.toThrow('a bug');
    expect(heard).toEqual([]);
  });

  test('after close it does not begin to count in memory', async () => {
    const sessions = bench.open({ lockout: { whenUnavailable: 'memory' } });
    bench.store.failNext('count', 3);
    await guess(sessions, account, elsewhere());
    await sessions.close();
    const error = await rejectionOf(sessions.lockout.check({ account, client: elsewhere() }));
    expect(error).toMatchObject({ code: 'store_unavailable' });
  });
});

test('B2 B3 with Redis out of reach logins are refused or counted in memory, until it is back', async () => {
  const proxy = await startProxy(testRedisUrl());
  const prefix = freshPrefix();
  const open = (whenUnavailable: 'refuse' | 'memory'): SessionManager =>
    new SessionManager({
      store: new RedisStore({ url: proxy.url, prefix, deadline: '200ms', onIncident: () => undefined }),
      lockout: { whenUnavailable },
    });
  const [refusing, counting] = [open('refuse'), open('memory')];
  const heard = listenTo(counting);
  const account = `user-of-${prefix}`;
  for (const sessions of [refusing, counting]) {
    await waitUntil('Redis answers', async () => (await sessions.health()).status === 'up');
    expect(await guess(sessions, account, elsewhere())).toBe(0);
  }

  proxy.refuse();
  const error = await rejectionOf(refusing.lockout.check({ account, client: elsewhere() }));
  expect(error).toMatchObject({ code: 'store_unavailable' });
  const waits = await Promise.all(Array.from({ length: 20 }, () => guess(counting, account, elsewhere())));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(4);
  expect(namesOf(heard)).toEqual(['background.failed']);

  proxy.restore();
  for (const sessions of [refusing, counting]) {
    await waitUntil('Redis answers', async () => (await sessions.health()).status === 'up');
    await waitUntil('the count of before is seen', async () => {
      const state = await sessions.lockout.state(account).catch(() => undefined);
      return state?.failures === 2;
    });
    await sessions.close();
  }
  await proxy.close();
});
