import { Redis } from 'ioredis';
import { SessionManager } from '../../../lib';
import { signedIn } from '../../fixtures/session-bench';
import { type RedisServer, startRedis } from '../../harness/redis-server';
import { TcpProxy } from '../../harness/tcp-proxy';
import { waitUntil } from '../../harness/wait-until';
import type { SessionId } from '../../../lib/domain/session-id';
import { RedisStore } from '../../../lib/stores/redis';
import { Keys } from '../../../lib/stores/redis/keys';
import type { RedisIncident } from '../../../lib/stores/redis/incidents';

let server: RedisServer;
let proxy: TcpProxy;
let redis: Redis;
const opened: { close(): Promise<void> }[] = [];
let incidents: RedisIncident[];

beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.url);
  redis.on('error', () => undefined);
});

beforeEach(async () => {
  incidents = [];
  proxy = new TcpProxy(new URL(server.url));
  await proxy.listen();
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
  await proxy.close();
});

afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

/** A manager with a near cache whose connections go through the proxy; the one that changes things goes straight. */
function open(url: string, maxStale: '5s' | '60s' = '60s'): SessionManager {
  const onIncident = (incident: RedisIncident): void => void incidents.push(incident);
  const sessions = new SessionManager({
    store: new RedisStore({ url, deadline: '5s', onIncident }),
    nearCache: { maxStale },
  });
  opened.push(sessions);
  return sessions;
}

async function keep(sessions: SessionManager, token: string): Promise<void> {
  await waitUntil('the near cache holds the session', async () => {
    await sessions.verify(token);
    return sessions.verifyFromCache(token) !== undefined;
  });
}

async function pushConnections(): Promise<string[]> {
  const list = String(await redis.client('LIST'));
  return list.split('\n').filter((line) => line.includes('name=sessionkeeper-push'));
}

async function killPush(): Promise<void> {
  for (const line of await pushConnections()) {
    await redis.client('KILL', 'ID', /^id=(\d+)/.exec(line)![1]!);
  }
}

describe('the push of a near cache', () => {
  test('A38 is lost with its connection, and everything with it; armed again, it keeps anew', async () => {
    const sessions = open(proxy.url);
    const { accessToken } = (await signedIn(sessions)).tokens;
    await keep(sessions, accessToken);
    await killPush();
    await waitUntil('the cache is empty', () => sessions.verifyFromCache(accessToken) === undefined);
    await keep(sessions, accessToken);
    expect(incidents).toEqual([]);
  });

  test('A38 hears of what another process did while it was cut off: nothing from before is served', async () => {
    const here = open(proxy.url);
    const there = open(server.url);
    const { session, tokens } = await signedIn(here);
    await keep(here, tokens.accessToken);
    proxy.refuse();
    await waitUntil('the cache is empty', () => here.verifyFromCache(tokens.accessToken) === undefined);
    await there.revoke(session.id);
    proxy.restore();
    expect(await here.verify(tokens.accessToken)).toMatchObject({ status: 'revoked' });
  });

  test('A38 a connection that is half-open is noticed and given up, long before a session grows too old', async () => {
    const sessions = open(proxy.url);
    const { accessToken } = (await signedIn(sessions)).tokens;
    await keep(sessions, accessToken);
    proxy.halfOpen();
    await waitUntil('the cache is empty', () => sessions.verifyFromCache(accessToken) === undefined, 15_000);
    proxy.restore();
    await keep(sessions, accessToken);
  });

  test('drops what was deleted by hand, and everything after FLUSHALL', async () => {
    const sessions = open(server.url);
    const [one, two] = [await signedIn(sessions), await signedIn(sessions)];
    await keep(sessions, one.tokens.accessToken);
    await keep(sessions, two.tokens.accessToken);
    await redis.flushall();
    await waitUntil('both are dropped', () =>
      [one, two].every(({ tokens }) => sessions.verifyFromCache(tokens.accessToken) === undefined),
    );
    expect(await sessions.verify(one.tokens.accessToken)).toMatchObject({ status: 'invalid' });
  });

  test('B2 a store that is away is not covered up: 503, not an answer from before', async () => {
    const sessions = open(proxy.url);
    const { accessToken } = (await signedIn(sessions)).tokens;
    await keep(sessions, accessToken);
    proxy.refuse();
    await waitUntil('the cache is empty', () => sessions.verifyFromCache(accessToken) === undefined);
    await expect(sessions.verify(accessToken)).rejects.toMatchObject({ code: 'store_unavailable' });
  });

  test('tells of sessions alone: what else is written costs nothing', async () => {
    const sessions = open(server.url);
    const { userId, tokens } = await signedIn(sessions);
    await keep(sessions, tokens.accessToken);
    await sessions.limits.set(userId, 7);
    await redis.set('sk', 'another app');
    await redis.set('sk:sessions', 'another app');
    expect(await redis.publish('__redis__:invalidate', 'a message that is no array of keys')).toBe(1);
    await redis.set('sk:s:{000}short', 'no session');
    const { session: last, tokens: theirs } = await signedIn(sessions);
    await keep(sessions, theirs.accessToken);
    await redis.del(new Keys('sk').session(last.id as SessionId));
    await waitUntil(
      'what was told last is heard',
      () => sessions.verifyFromCache(theirs.accessToken) === undefined,
    );
    expect(sessions.verifyFromCache(tokens.accessToken)).toBeDefined();
  });

  test('closes its connection with the manager', async () => {
    const sessions = open(server.url);
    const { accessToken } = (await signedIn(sessions)).tokens;
    await keep(sessions, accessToken);
    await waitUntil('there is one connection', async () => (await pushConnections()).length === 1);
    await sessions.close();
    await waitUntil('there is none', async () => (await pushConnections()).length === 0);
  });

  test.each([
    ['the command', ['+@all', '-client|tracking', '&*']],
    ['the channel', ['+@all', 'resetchannels']],
  ])(
    'without the permission for %s it stays off, says so once, and sessions are checked without it',
    async (_, rules) => {
      await redis.call('ACL', 'SETUSER', 'app', 'reset', 'on', '>secret', '~*', ...rules);
      const sessions = open(`redis://app:secret@127.0.0.1:${server.port}`);
      const { accessToken } = (await signedIn(sessions)).tokens;
      await waitUntil('it is told', () => incidents.length > 0);
      expect(incidents).toEqual([{ kind: 'near-cache-off', cause: expect.stringMatching(/NOPERM/) as string }]);
      for (let use = 0; use < 3; use++) {
        expect(await sessions.verify(accessToken)).toMatchObject({ status: 'active' });
        expect(sessions.verifyFromCache(accessToken)).toBeUndefined();
      }
      expect(await pushConnections()).toEqual([]);
      expect(incidents).toHaveLength(1);
    },
  );

  test('A38 follows the client to another server, though its own connection to the first still stands', async () => {
    const other = await startRedis();
    const here = open(proxy.url);
    const there = new SessionManager({ store: new RedisStore({ url: other.url, deadline: '5s' }) });
    opened.push(there);
    await keep(here, (await signedIn(here)).tokens.accessToken);
    proxy.lead(other.url);
    for (const line of String(await redis.client('LIST')).split('\n')) {
      if (line.includes('name=sessionkeeper ')) await redis.client('KILL', 'ID', /^id=(\d+)/.exec(line)![1]!);
    }
    const { session, tokens } = await signedIn(there);
    await waitUntil('the client is with the other server', async () => {
      return (await here.verify(tokens.accessToken)).status === 'active';
    });
    await keep(here, tokens.accessToken);
    await there.revoke(session.id);
    await waitUntil('it has heard', () => here.verifyFromCache(tokens.accessToken) === undefined, 5_000);
    await other.stop();
  });

  test('arms itself at no replica', async () => {
    const replica = await startRedis({ args: ['--replicaof', '127.0.0.1', String(server.port)] });
    const store = new RedisStore({ url: replica.url, deadline: '1s', onIncident: () => undefined });
    opened.push(store);
    let isArmed = false;
    const stop = store.watch({
      armed: () => (isArmed = true),
      changed: () => undefined,
      changedAll: () => undefined,
      lost: () => (isArmed = false),
    });
    await expect(store.ping()).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(isArmed).toBe(false);
    await replica.cli('REPLICAOF', 'NO', 'ONE');
    await waitUntil('it is armed', () => isArmed, 15_000);
    stop();
    await replica.stop();
  });

  test('goes to a new server in the place of the old', async () => {
    const sessions = open(server.url);
    await keep(sessions, (await signedIn(sessions)).tokens.accessToken);
    await server.restart();
    await waitUntil('Redis answers again', async () => (await sessions.health()).status === 'up');
    await keep(sessions, (await signedIn(sessions)).tokens.accessToken);
  });

  test('works on a client of the app’s own, whatever its patience, and leaves that one alone', async () => {
    const client = new Redis(server.url, {
      commandTimeout: 3_000,
      enableAutoPipelining: true,
      connectionName: 'app',
    });
    opened.push({ close: async () => client.disconnect() });
    const sessions = new SessionManager({ store: new RedisStore({ client, deadline: '5s' }), nearCache: {} });
    opened.unshift(sessions);
    await keep(sessions, (await signedIn(sessions)).tokens.accessToken);
    await sessions.close();
    expect(await client.ping()).toBe('PONG');
    expect(String(await client.client('GETNAME'))).toBe('app');
  });
});
