import fc from 'fast-check';
import { RedisStore } from '../../lib/stores/redis/redis-store';
import { SessionManager } from '../../lib/session-manager';
import { canonicalAccount } from '../../lib/use-cases/lockout/canonical-account';
import { elsewhere, fail, guess, guesses, succeed } from '../fixtures/guesses';
import { SessionBench } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';
import { redisCall } from '../harness/redis-call';
import { freshPrefix, testRedisUrl } from '../harness/test-redis';

describe('the spelling in which an account is counted', () => {
  test.each([
    ['Alice@Example.com', 'alice@example.com'],
    ['  alice \t\n', 'alice'],
    ['\u00a0alice\u3000', 'alice'],
    ['ａｌｉｃｅ', 'alice'],
    ['ﬁona', 'fiona'],
    ['ALİCE', 'ali\u0307ce'],
    ['Jose\u0301', 'jos\u00e9'],
    ['\ud800alice', '\ufffdalice'],
    ['__proto__', '__proto__'],
    ['a\nb', 'a\nb'],
  ])('%j is counted as %j', (account, canonical) => {
    expect(canonicalAccount(account)).toBe(canonical);
  });

  test('is its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        const canonical = canonicalAccount(text);
        expect(canonicalAccount(canonical)).toBe(canonical);
        expect(Buffer.byteLength(canonical ?? '')).toBeLessThanOrEqual(512);
      }),
      { numRuns: 2_000 },
    );
  });

  test('A58 a megabyte is a hash within milliseconds, and blanks around a name are no part of it', () => {
    const startedAt = performance.now();
    expect(canonicalAccount('a'.repeat(2 ** 20))).toMatch(/^[0-9a-f]{64}$/);
    expect(canonicalAccount('\ufdfa'.repeat(2 ** 20))).toMatch(/^[0-9a-f]{64}$/);
    expect(canonicalAccount(`${' '.repeat(2 ** 20)}Alice${'\n'.repeat(2 ** 20)}`)).toBe('alice');
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(canonicalAccount('a'.repeat(512))).toBe('a'.repeat(512));
    expect(canonicalAccount('é'.repeat(257))).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe.each(storeKinds)('accounts on $name', (kind) => {
  let bench: SessionBench;
  let sessions: SessionManager;
  beforeEach(() => {
    bench = new SessionBench(kind);
    sessions = bench.open();
  });
  afterEach(() => bench.close());

  const hostile = ['__proto__', 'constructor', 'a'.repeat(2 ** 20), '\ud800', 'a\nb', '{}', 'a:b*', '\0', ' x '];

  test.each(hostile.map((account) => ({ shown: JSON.stringify(account).slice(0, 20), account })))(
    'A59 A70 $shown is counted, locked and unlocked as any other',
    async ({ account }) => {
      expect(await guesses(sessions, 5, account)).toEqual([0, 0, 0, 0, 1]);
      const state = await sessions.lockout.state(account);
      expect(state).toMatchObject({ status: 'delayed', failures: 4 });
      expect(await sessions.lockout.unlock(state.account)).toEqual({ status: 'unlocked' });
      expect(await guess(sessions, account, elsewhere())).toBe(0);
    },
  );

  test('A59 no two of them are the same account', async () => {
    for (const account of hostile) expect(await guess(sessions, account, elsewhere())).toBe(0);
    for (const account of hostile) {
      expect(await sessions.lockout.state(account)).toMatchObject({ status: 'open', failures: 1 });
    }
  });

  test('A69 every spelling of an account draws on the same budget', async () => {
    const spellings = ['Alice@Example.com', ' alice@example.com', 'ALICE@EXAMPLE.COM', 'ａlice@example.com'];
    for (const account of spellings) expect(await guess(sessions, account, elsewhere())).toBe(0);
    expect(await guess(sessions, 'alice@example.com', elsewhere())).toBe(1);
  });

  test.each([
    { kind: 'IPv4', spellings: ['192.0.2.1', '::ffff:192.0.2.1', '192.0.2.1:80', '::FFFF:C000:201'] },
    { kind: 'IPv6', spellings: ['2001:db8::1', '2001:DB8:0:0:1::', '[2001:db8::2]:443', '2001:db8:0:0:ffff::9'] },
  ])('A50 every spelling of an $kind address draws on the same budget', async ({ spellings }) => {
    const few = bench.open({ lockout: { maxFailuresPerAddress: spellings.length } });
    for (const ip of spellings) expect(await guess(few, bench.newUser(), { ip })).toBe(0);
    for (const ip of spellings) expect(await guess(few, bench.newUser(), { ip })).toBe(900);
    expect(await guess(few, bench.newUser(), { ip: '2001:db8:0:1::1' })).toBe(0);
    expect(await guess(few, bench.newUser(), { ip: '192.0.2.2' })).toBe(0);
  });
});

test('A59 Redis holds neither an account nor an address nor a device that was tried', async () => {
  const prefix = freshPrefix();
  const sessions = new SessionManager({ store: new RedisStore({ url: testRedisUrl(), prefix }) });
  const account = `mallory-${prefix}@example.com`;
  const client = { ip: '203.0.113.77', deviceId: 'device-of-mallory' };
  await succeed(sessions, account, client);
  for (const deviceId of ['another', client.deviceId]) {
    for (let failed = 0; failed < 4; failed++) await fail(sessions, account, { ...client, deviceId });
  }

  const keys = (await redisCall(testRedisUrl(), ['KEYS', `${prefix}:f:*`])) as string[];
  expect(keys.length).toBe(5);
  const values = await Promise.all(keys.map((key) => redisCall(testRedisUrl(), ['GET', key])));
  const dump = [...keys, ...values].join('\n');
  for (const text of ['mallory', 'example.com', '203.0.113.77', 'device-of']) expect(dump).not.toContain(text);
  for (const key of keys) expect(await redisCall(testRedisUrl(), ['PTTL', key])).toBeGreaterThan(0);
  await sessions.close();
});
