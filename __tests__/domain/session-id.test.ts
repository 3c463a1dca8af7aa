import fc from 'fast-check';
import {
  mintSessionId,
  parseSessionId,
  sessionIdBytes,
  sessionIdFromBytes,
  sessionTag,
  userKey,
  userTag,
} from '../../lib/domain/session-id';

const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('a session id is a random UUID of version 4', () => {
  fc.assert(fc.property(fc.string(), (userId) => expect(mintSessionId(userId)).toMatch(uuid4)));
});

test('the first 12 bits are those of the user', () => {
  fc.assert(
    fc.property(fc.string(), (userId) => {
      const tag = userTag(userKey(userId));
      expect(tag).toMatch(/^[0-9a-f]{3}$/);
      expect(sessionTag(mintSessionId(userId))).toBe(tag);
    }),
  );
});

test('the bits after the tag differ from id to id', () => {
  const fourth = new Set(Array.from({ length: 300 }, () => mintSessionId('alice')[3]));
  expect(fourth.size).toBe(16);
});

test('users spread over all of the tags', () => {
  const tags = Array.from({ length: 20_000 }, (_, index) => userTag(userKey(`user ${index}`)));
  expect(new Set(tags).size).toBeGreaterThan(3_900);
});

test('a user key is 22 harmless characters whatever the user id holds, and another for each user', () => {
  const keys = new Set<string>();
  const ids = new Set<string>();
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (userId) => {
      const key = userKey(userId);
      expect(key).toMatch(/^[A-Za-z0-9_-]{22}$/);
      keys.add(key);
      ids.add(userId);
    }),
  );
  expect(keys.size).toBe(ids.size);
});

test('an id survives the way through its bytes', () => {
  fc.assert(
    fc.property(fc.string(), (userId) => {
      const id = mintSessionId(userId);
      expect(sessionIdBytes(id)).toHaveLength(16);
      expect(sessionIdFromBytes(Buffer.from(sessionIdBytes(id)))).toBe(id);
      expect(parseSessionId(id)).toBe(id);
    }),
  );
});

test('bytes that are no random UUID are refused without throwing', () => {
  const random = Buffer.alloc(16, 0x55).fill(0x45, 6, 7).fill(0x95, 8, 9);
  expect(sessionIdFromBytes(random)).toBe('55555555-5555-4555-9555-555555555555');
  expect(sessionIdFromBytes(Buffer.from(random).fill(0x75, 6, 7))).toBeUndefined();
  expect(sessionIdFromBytes(Buffer.from(random).fill(0x55, 8, 9))).toBeUndefined();
  expect(sessionIdFromBytes(random.subarray(0, 15))).toBeUndefined();
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const id = sessionIdFromBytes(Buffer.from(bytes));
      expect(id === undefined || Buffer.from(sessionIdBytes(id)).equals(bytes)).toBe(true);
    }),
  );
});

test('an id from outside counts in its one canonical spelling only', () => {
  const id = mintSessionId('alice');
  for (const spelling of [
    ...[id.toUpperCase(), `{${id}}`, `urn:uuid:${id}`, id.replaceAll('-', ''), ` ${id}`, `${id}\n`, `${id}\0`],
    ...[id.slice(0, -1), `${id}0`, `${id.slice(0, -1)}g`, ''],
  ]) {
    if (spelling !== id) expect(parseSessionId(spelling)).toBeUndefined();
  }
  for (const value of [undefined, null, 1, {}, [id], new String(id)]) expect(parseSessionId(value)).toBeUndefined();
});
