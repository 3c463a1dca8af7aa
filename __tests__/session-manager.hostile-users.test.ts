import fc from 'fast-check';
import { rejectionOf } from './fixtures/refusal-of';
import { SessionBench, signedIn } from './fixtures/session-bench';
import { storeKinds } from './fixtures/stores';

const hostile = [
  ...['*', '?', '[a-z]*', ':', '::', '{}', '{a}', '}{', 'a:b', 'a}b{c', '..', '/', '\\', '%', '$', ' ', '\t', '\n'],
  ...['\r\n', '\0', 'a\0', 'a\0b', '\u001b[31m', '"', "'", '`', '{"a":1}', '__proto__', 'constructor', 'toString'],
  ...[
    'sk',
    'sk:',
    '-1',
    '0',
    'null',
    'undefined',
    'é',
    'e\u0301',
    'İ',
    'ß',
    '日本',
    '🦊',
    '\u202e',
    '<script>',
    ',',
  ],
  ...[
    'alice',
    'Alice',
    'alice ',
    ' alice',
    'alice\n',
    'KEYS[1]',
    "'; return redis.call('FLUSHALL') --",
    '|',
    '\uffff',
  ],
];

describe.each(storeKinds)('hostile user ids on $name', (kind) => {
  let bench: SessionBench;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());

  test('A59 each is a user of its own: what one does reaches no other', async () => {
    const sessions = bench.open();
    const made = [];
    for (const userId of hostile) made.push(await signedIn(sessions, { userId, data: { userId } }));
    for (const { userId, session, tokens } of made) {
      expect((await sessions.list(userId)).data).toEqual([{ ...session, current: false }]);
      expect(await sessions.verify(tokens.accessToken)).toMatchObject({ session: { userId, data: { userId } } });
      expect((await sessions.history(userId)).data).toHaveLength(1);
      expect(await sessions.get(session.id, { owner: userId })).toBeDefined();
    }
    for (const [index, { userId }] of made.entries()) {
      expect(await sessions.revokeAll(userId)).toMatchObject({ count: 1 });
      const alive = await Promise.all(made.map(({ tokens }) => sessions.verify(tokens.accessToken)));
      expect(alive.filter(({ status }) => status === 'active')).toHaveLength(made.length - index - 1);
    }
  });

  test('A59 any text up to 512 bytes may be a user, and comes back as it was', async () => {
    const sessions = bench.open();
    const ids = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 200 })
      .filter((userId) => Buffer.byteLength(userId) <= 512 && userId.isWellFormed());
    await fc.assert(
      fc.asyncProperty(ids, async (userId) => {
        const { tokens, session } = await signedIn(sessions, { userId });
        expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active', session: { userId } });
        expect(await sessions.revoke(session.id, { owner: userId })).toMatchObject({ status: 'ended' });
      }),
      { numRuns: 50 },
    );
  });

  test('10 kB, nothing, half characters and no text at all are refused wherever a user is named', async () => {
    const sessions = bench.open();
    const calls = await bench.store.callsDuring(async () => {
      for (const userId of ['x'.repeat(10_000), '', '\ud800', null, 7, {}, ['alice']] as string[]) {
        for (const attempt of [
          sessions.create({ userId }),
          sessions.list(userId),
          sessions.history(userId),
          sessions.revokeAll(userId),
          sessions.revokeUntrusted(userId),
          sessions.updateAll(userId, {}),
        ]) {
          expect(await rejectionOf(attempt)).toMatchObject({ code: 'request_invalid', field: 'userId' });
        }
      }
    });
    expect(calls).toEqual([]);
  });
});
