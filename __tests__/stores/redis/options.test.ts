import { Cluster, Redis } from 'ioredis';
import type { Cluster as Cluster6, Redis as Redis6 } from 'ioredis6';
import type { SessionError } from '../../../lib/domain/error';
import { RedisStore } from '../../../lib/stores/redis';
import type { RedisClient } from '../../../lib/stores/redis/client';
import { readRedisOptions, type RedisStoreOptions } from '../../../lib/stores/redis/options';
import { refusalOf } from '../../fixtures/refusal-of';

const url = 'redis://127.0.0.1:6379';
const lazy = { lazyConnect: true } as const;

const refused = (options: unknown): SessionError => refusalOf(() => new RedisStore(options as RedisStoreOptions));

test('both kinds of client of both versions are clients', () => {
  const clients: RedisClient[] = [] as (Redis | Cluster | Redis6 | Cluster6)[];
  expect(clients).toEqual([]);
});

test('an address that may be undefined compiles, as do options that may be', () => {
  const options: RedisStoreOptions = { url: process.env['SOME_REDIS_URL'], prefix: undefined, deadline: undefined };
  expect(refused(options).message).toBe('RedisStore.url is undefined: is the environment variable set?');
  expect(readRedisOptions({ ...options, url, onIncident: undefined })).toMatchObject({ prefix: 'sk' });
});

test('the defaults', () => {
  const { prefix, deadlineMilliseconds, source } = readRedisOptions({ url });
  expect({ prefix, deadlineMilliseconds, source }).toEqual({
    prefix: 'sk',
    deadlineMilliseconds: 1_000,
    source: { url },
  });
});

test.each([
  [{}, "RedisStore: expected url (such as 'redis://localhost:6379') or client, got neither"],
  [{ url: undefined }, 'RedisStore.url is undefined: is the environment variable set?'],
  [{ url: undefined, client: undefined }, 'RedisStore.url is undefined: is the environment variable set?'],
  [{ url, client: new Redis(lazy) }, 'RedisStore: expected either url or client, got both'],
  [{ url, prefx: 'a' }, "RedisStore.prefx: unknown option; did you mean 'prefix'?"],
  [{ url: 6379 }, "RedisStore.url: expected an address such as 'redis://localhost:6379', got 6379"],
  [
    { url, prefix: '' },
    "RedisStore.prefix: expected 1 to 64 printable ASCII characters without braces or spaces, got ''",
  ],
  [{ url, deadline: 1000 }, "RedisStore.deadline: expected a duration such as '15m', got 1000"],
  [{ url, deadline: '1ms' }, "RedisStore.deadline: expected 10ms to 60s, got '1ms'"],
  [{ url, deadline: '2m' }, "RedisStore.deadline: expected 10ms to 60s, got '2m'"],
  [{ url, onIncident: 'log' }, "RedisStore.onIncident: expected a function, got 'log'"],
  [
    { client: {} },
    "RedisStore.client: expected an ioredis Redis or Cluster (import { Redis } from 'ioredis'), got an object",
  ],
  [
    { client: null },
    "RedisStore.client: expected an ioredis Redis or Cluster (import { Redis } from 'ioredis'), got null",
  ],
  ['redis://localhost', "RedisStore: expected an object, got 'redis://localhost'"],
])('refuses %j and names the fix', (options, message) => {
  const { code, message: shown } = refused(options);
  expect([code, shown.slice(0, message.length)]).toEqual(['options_invalid', message]);
});

test.each(['a{b}', '{', '}', 'a b', 'a\n', 'ä', 'a'.repeat(65)])('refuses the prefix %j', (prefix) => {
  expect(refused({ url, prefix }).message).toContain('RedisStore.prefix');
});

test.each(['sk', 'app:sessions', 'tenant-7.prod', '~|'])('takes the prefix %j', (prefix) => {
  expect(readRedisOptions({ url, prefix }).prefix).toBe(prefix);
});

test('never shows an address, which may hold a password', () => {
  const error = refused({ url: 'http://user:secret@host' });
  expect(error.message).toBe(
    "RedisStore.url: expected an address such as 'redis://localhost:6379', got another text",
  );
});

test('refuses a client whose keyPrefix would not reach the keys that scripts derive', () => {
  const prefixed = new Redis({ ...lazy, keyPrefix: 'a:' });
  const cluster = new Cluster([url], { ...lazy, redisOptions: { keyPrefix: 'a:' } });
  for (const client of [prefixed, cluster]) expect(refused({ client }).message).toContain('without keyPrefix');
});

test('B12 refuses a client that reads from replicas, where ended sessions may live on', () => {
  const cluster = new Cluster([url], { ...lazy, scaleReads: 'slave' });
  const sentinel = new Redis({ ...lazy, sentinels: [{ host: '127.0.0.1', port: 1 }], name: 'a', role: 'slave' });
  for (const client of [cluster, sentinel]) expect(refused({ client }).message).toContain('reads from masters');
  expect(readRedisOptions({ client: new Cluster([url], lazy) }).prefix).toBe('sk');
});
