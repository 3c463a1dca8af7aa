import { withTitles } from '../fixtures/abbreviated';
import { rejectionOf } from '../fixtures/refusal-of';
import { SessionBench } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

const bench = new SessionBench(storeKinds[0]!);
const sessions = bench.open();
afterAll(() => bench.close());

async function refusalFor(
  input: Record<string, unknown>,
): Promise<{ code: string; field?: string; message: string }> {
  const before = bench.store.calls.length;
  const error = await rejectionOf(sessions.create({ userId: 'alice', ...input }));
  expect(bench.store.calls).toHaveLength(before);
  return error;
}

test.each(
  withTitles([
    ['userId', '', '1 to 512 bytes of text'],
    ['userId', 'x'.repeat(513), '1 to 512 bytes of text'],
    ['userId', 'é'.repeat(257), '1 to 512 bytes of text'],
    ['userId', 'a\ud800', '1 to 512 bytes of text'],
    ['userId', 7, '1 to 512 bytes of text'],
    ['userId', null, '1 to 512 bytes of text'],
    ['userId', undefined, '1 to 512 bytes of text'],
    ['userId', ['alice'], '1 to 512 bytes of text'],
    ['remember', 'yes', 'true or false'],
    ['remember', 1, 'true or false'],
    ['startedAt', -1, 'milliseconds since the epoch'],
    ['startedAt', Number.NaN, 'milliseconds since the epoch'],
    ['startedAt', Infinity, 'milliseconds since the epoch'],
    ['startedAt', '2026-01-01', 'milliseconds since the epoch'],
    ['startedAt', null, 'milliseconds since the epoch'],
    ['startedAt', 2 ** 53, 'milliseconds since the epoch'],
    ['authenticatedAt', new Date(0), 'milliseconds since the epoch'],
    ['authenticatedAt', -0.5, 'milliseconds since the epoch'],
    ['applicationId', '', '1 to 64 bytes of text'],
    ['applicationId', 'x'.repeat(65), '1 to 64 bytes of text'],
    ['applicationId', 'a\ud800', '1 to 64 bytes of text'],
    ['applicationId', 5, '1 to 64 bytes of text'],
    ['deviceId', '', '1 to 64 bytes of text'],
    ['deviceId', 'x'.repeat(65), '1 to 64 bytes of text'],
    ['scope', 'read write', 'an array of at most 50 words without spaces'],
    ['scope', ['read write'], 'an array of at most 50 words without spaces'],
    ['scope', [''], 'an array of at most 50 words without spaces'],
    ['scope', ['a"b'], 'an array of at most 50 words without spaces'],
    ['scope', ['a\\b'], 'an array of at most 50 words without spaces'],
    ['scope', ['x'.repeat(129)], 'an array of at most 50 words without spaces'],
    ['scope', [1], 'an array of at most 50 words without spaces'],
    ['scope', Array.from({ length: 51 }, () => 'a'), 'an array of at most 50 words without spaces'],
    ['methods', Array.from({ length: 11 }, () => 'pwd'), 'an array of at most 10 words without spaces'],
    ['methods', 'pwd', 'an array of at most 10 words without spaces'],
  ]),
)('%s: %s is refused before the store is asked', async (field, _, value, expected) => {
  expect(await refusalFor({ [field]: value })).toMatchObject({
    code: 'request_invalid',
    field,
    message: expect.stringContaining(`${field}: expected ${expected}, got `) as string,
  });
});

test.each(
  withTitles([
    ['userId', 'x'.repeat(512)],
    ['userId', 'é'.repeat(256)],
    ['applicationId', 'é'.repeat(32)],
    ['deviceId', 'x'.repeat(64)],
    ['scope', Array.from({ length: 50 }, () => '!'.padEnd(128, '~'))],
    ['methods', Array.from({ length: 10 }, () => 'pwd')],
    ['scope', []],
    ['startedAt', 0],
    ['startedAt', 1.5],
    ['authenticatedAt', 0],
  ]),
)('%s may go as far as %s', async (field, _, value) => {
  const outcome = await sessions.create({ userId: 'alice', [field]: value });
  expect(outcome.status).toBe('created');
});

test('A65 a refusal does not repeat what the caller sent', async () => {
  for (const input of [
    { userId: `sat_${'x'.repeat(600)}` },
    { applicationId: `secret-${'x'.repeat(600)}` },
    { scope: ['secret word'] },
    { remember: 'secret' },
  ]) {
    const { message } = await refusalFor(input);
    expect(message).not.toMatch(/sat_|secret|xxx/);
    expect(message.length).toBeLessThan(120);
  }
});

test.each([
  ['a text of 600 characters', 'secret'.repeat(100)],
  ['a number', 12_345],
  ['NaN', Number.NaN],
  ['a boolean', true],
  ['a bigint', 12_345n],
  ['an array of 2', ['secret', 'secret']],
  ['an object', { secret: 1 }],
  ['null', null],
])('A65 a refusal tells of %s the kind and the size alone', async (words, userId) => {
  expect((await refusalFor({ userId })).message).toBe(`userId: expected 1 to 512 bytes of text, got ${words}`);
});

test.each([undefined, null, 'alice'])('a sign-in of %p is refused with what is missing', async (input) => {
  const { code, message } = await rejectionOf(sessions.create(input as never));
  expect(code).toBe('options_invalid');
  expect(message).toMatch(/^create: expected an object/);
});

test('A57 an unknown member is refused with the one that was meant', async () => {
  const { message } = await refusalFor({ user: 'alice' });
  expect(message).toBe("create.user: unknown option; did you mean 'userId'?");
  expect((await refusalFor(JSON.parse('{"__proto__":{}}') as never)).message).toContain(
    'create.__proto__: unknown',
  );
});

describe('lifetimes of one session', () => {
  test.each([
    ['accessToken', '16m', '15m', false],
    ['refreshToken', '1h', '1350s', false],
    ['refreshToken', '31d', '30d', true],
    ['absolute', '91d', '90d', false],
  ])('%s: %s may not be longer than the %s that the manager allows', async (name, value, most, remember) => {
    expect(await refusalFor({ remember, lifetimes: { [name]: value } })).toMatchObject({
      code: 'request_invalid',
      field: `lifetimes.${name}`,
      message: `lifetimes.${name}: expected at most the manager's own ${most}, got ${value}`,
    });
  });

  test('there is no refresh token where the manager has none', async () => {
    const without = bench.open({ lifetimes: { refreshToken: false } });
    const { message } = await rejectionOf(without.create({ userId: 'alice', lifetimes: { refreshToken: '20m' } }));
    expect(message).toBe("lifetimes.refreshToken: expected the manager's own false, got 20m");
  });

  test.each(['accessToken', 'refreshToken', 'idle', 'absolute'])('%s may not be nothing', async (name) => {
    expect(await refusalFor({ lifetimes: { [name]: '0s' } })).toMatchObject({ field: `lifetimes.${name}` });
  });

  test.each([
    [{ accessToken: 900 }, "lifetimes.accessToken: expected a duration such as '15m', got 900"],
    [{ idle: false }, "lifetimes.idle: expected a duration such as '15m', got false"],
    [{ rememberMe: '1d' }, 'lifetimes.rememberMe: unknown option'],
    ['15m', 'lifetimes: expected an object'],
  ])('%p is refused by name', async (lifetimes, words) => {
    expect((await refusalFor({ lifetimes })).message).toContain(words);
  });
});
