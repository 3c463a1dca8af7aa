import type { SessionError } from '../../../../lib/domain/error';
import { readRedisOptions } from '../../../../lib/stores/redis/options';
import { refusalOf } from '../../../fixtures/refusal-of';

const url = 'redis://127.0.0.1:6379';

const refused = (durability: unknown, deadline = '1s'): SessionError =>
  refusalOf(() => readRedisOptions({ url, deadline, durability }));

test('no replica is waited for unless asked', () => {
  expect(readRedisOptions({ url }).durability).toBeUndefined();
  expect(readRedisOptions({ url, durability: undefined }).durability).toBeUndefined();
});

test.each([
  [
    { replicas: 1, timeout: '1ms' },
    { replicas: 1, timeoutMilliseconds: 1 },
  ],
  [
    { replicas: 100, timeout: '1s' },
    { replicas: 100, timeoutMilliseconds: 1_000 },
  ],
])('takes %j', (durability, expected) => {
  expect(readRedisOptions({ url, durability }).durability).toEqual(expected);
});

test.each([
  [true, 'RedisStore.durability: expected an object, got true'],
  [{ replica: 1 }, "RedisStore.durability.replica: unknown option; did you mean 'replicas'?"],
  [{ timeout: '1s' }, 'RedisStore.durability.replicas: expected a whole number from 1 to 100, got undefined'],
  [{ replicas: 0, timeout: '1s' }, 'RedisStore.durability.replicas: expected a whole number from 1 to 100, got 0'],
  [
    { replicas: 1.5, timeout: '1s' },
    'RedisStore.durability.replicas: expected a whole number from 1 to 100, got 1.5',
  ],
  [
    { replicas: '1', timeout: '1s' },
    "RedisStore.durability.replicas: expected a whole number from 1 to 100, got '1'",
  ],
  [{ replicas: 1 }, "RedisStore.durability.timeout: expected a duration such as '15m', got undefined"],
  [
    { replicas: 1, timeout: 100 },
    "RedisStore.durability.timeout: expected a duration such as '15m', got 100 (did you mean '100ms', '100s' or '100m'?)",
  ],
  [
    { replicas: 1, timeout: '0ms' },
    "RedisStore.durability.timeout: expected 1ms to the store's deadline (1s), got '0ms'",
  ],
  [
    { replicas: 1, timeout: '2s' },
    "RedisStore.durability.timeout: expected 1ms to the store's deadline (1s), got '2s'",
  ],
])('refuses %j and names the fix', (durability, message) => {
  const { code, message: shown } = refused(durability);
  expect([code, shown]).toEqual(['options_invalid', message]);
});

test('a longer deadline allows a longer wait', () => {
  const options = { url, deadline: '5s', durability: { replicas: 1, timeout: '2s' } };
  expect(readRedisOptions(options).durability).toMatchObject({ timeoutMilliseconds: 2_000 });
});
