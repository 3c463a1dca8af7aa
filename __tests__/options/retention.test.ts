import { readRetention } from '../../lib/options/retention';
import { retention } from '../../lib/store/retention';
import { MemoryStore } from '../../lib/stores/memory';
import { RedisStore } from '../../lib/stores/redis';

const hour = 3_600_000;

test('what is left out is kept as long as always', () => {
  expect(readRetention(undefined, 'RedisStore')).toEqual(retention);
  expect(readRetention({}, 'RedisStore')).toEqual(retention);
  expect(Object.isFrozen(readRetention({}, 'RedisStore'))).toBe(true);
});

test('A78 each kind of data has a time of its own', () => {
  const chosen = {
    endedSessions: '1h',
    expiredSessions: '2h',
    history: '3h',
    accessLog: '4h',
    failedLogins: '25h',
    knownDevices: '26h',
    undelivered: '27h',
  } as const;
  expect(readRetention(chosen, 'RedisStore')).toEqual({
    ...retention,
    tombstoneMilliseconds: hour,
    expiredMilliseconds: 2 * hour,
    auditMilliseconds: 3 * hour,
    accessMilliseconds: 4 * hour,
    counterMilliseconds: 25 * hour,
    knownMilliseconds: 26 * hour,
    outboxMilliseconds: 27 * hour,
  });
});

test.each([
  [{ history: '59s' }, "retention.history: expected '1m' to '3650d', got '59s'"],
  [{ history: '3651d' }, "retention.history: expected '1m' to '3650d', got '3651d'"],
  [{ endedSessions: '401d' }, "retention.endedSessions: expected '1m' to '400d', got '401d'"],
  [{ failedLogins: '1h' }, "retention.failedLogins: expected '1d' to '400d', got '1h'"],
  [{ accessLog: 365 }, "retention.accessLog: expected a duration such as '15m', got 365"],
  [{ audit: '30d' }, 'retention.audit: unknown option; known are'],
  [{ expiredSession: '1h' }, "retention.expiredSession: unknown option; did you mean 'expiredSessions'?"],
  ['30d', "retention: expected an object, got '30d'"],
])('both stores refuse %j with the fix', (input, message) => {
  const retention = input as never;
  expect(() => new MemoryStore({ retention })).toThrow(`MemoryStore.${message}`);
  expect(() => new RedisStore({ url: 'redis://127.0.0.1:1', retention })).toThrow(`RedisStore.${message}`);
});
