import fc from 'fast-check';
import { type AuditEntry, auditEvents } from '../../../lib/domain/audit-entry';
import { endReasons } from '../../../lib/domain/end-reason';
import { mintSessionId } from '../../../lib/domain/session-id';
import { decodeAudit, encodeAudit, encodeAuditTemplate } from '../../../lib/stores/redis/audit-codec';
import { nameOf } from '../../../lib/stores/redis/keys';
import { decodeHistory } from '../../../lib/stores/redis/history-codec';

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });

const ip = fc.oneof(fc.ipV4(), fc.ipV6(), text, fc.constantFrom('01.2.3.4', '1.2.3', '1.2.3.256', '1.2.3.4 '));

const entry: fc.Arbitrary<AuditEntry> = fc.record({
  id: fc.oneof(
    fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
    fc.uuid(),
    text,
  ),
  at: fc.nat({ max: 2 ** 48 - 1 }),
  event: fc.constantFrom(...auditEvents),
  actor: fc.oneof(
    fc.record({ type: fc.constantFrom('user', 'system') }),
    fc.record({ type: fc.constantFrom('admin', 'impersonator'), id: text }),
  ),
  sessionId: fc.option(text.map(mintSessionId), { nil: null }),
  reason: fc.option(fc.oneof(fc.constantFrom(...endReasons), text), { nil: null }),
  count: fc.option(fc.nat(), { nil: null }),
  ip: fc.option(ip, { nil: null }),
});

test('every entry reads back as it was', () => {
  fc.assert(fc.property(entry, (given) => expect(decodeAudit(encodeAudit(given))).toEqual(given)));
});

const plain: AuditEntry = {
  id: Buffer.from('12345678').toString('base64url'),
  at: 1,
  event: 'session_created',
  actor: { type: 'user' },
  sessionId: mintSessionId('alice'),
  reason: null,
  count: null,
  ip: '203.0.113.9',
};

test('a sign-in takes 42 bytes', () => {
  expect(encodeAudit(plain)).toHaveLength(42);
});

test('stored codes never change: lists of events, actors and reasons grow at their end', () => {
  const codes = auditEvents.slice(0, 9).map((event) => encodeAudit({ ...plain, event })[14]);
  expect(codes).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(auditEvents.slice(0, 9)).toEqual([
    ...['session_created', 'session_revoked', 'sessions_revoked', 'session_updated', 'session_reissued'],
    ...['token_repeated', 'token_reused', 'token_revoked', 'store_rolled_back'],
  ]);
  expect(endReasons.slice(0, 9)).toEqual([
    ...['signed_out', 'revoked', 'revoked_all', 'untrusted', 'password_changed'],
    ...['replaced', 'token_revoked', 'token_reuse', 'store_rolled_back'],
  ]);
  const types = (['user', 'admin', 'system', 'impersonator'] as const).map((type) => {
    return encodeAudit({ ...plain, actor: { type } })[15]! & 0x0f;
  });
  expect(types).toEqual([0, 1, 2, 3]);
});

test('scripts write an id and a session id into a template', () => {
  for (const [count, at] of [
    [null, 16],
    [7, 20],
  ] as const) {
    const given = { ...plain, id: 'a text', sessionId: null, count };
    const bytes = encodeAuditTemplate(given);
    bytes.write('12345678', 0, 'latin1');
    bytes.write(nameOf(plain.sessionId!), at, 'latin1');
    expect(decodeAudit(bytes)).toEqual({ ...plain, count });
  }
});

test('scripts find the time and the count where they look for them', () => {
  const bytes = encodeAudit({ ...plain, at: 0x010203040506, sessionId: null, count: 0x0a0b0c0d });
  expect(bytes.toString('hex', 8, 14)).toBe('010203040506');
  expect(bytes.toString('hex', 16, 20)).toBe('0a0b0c0d');
});

test('B30 entries that cannot be read are left out of a history', () => {
  const behindLength = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const unknownEvent = encodeAudit(plain);
  unknownEvent[14] = 200;
  const noJson = Buffer.concat([encodeAudit(plain), Buffer.from('{')]);
  const stored = [encodeAudit(plain), unknownEvent, noJson, Buffer.alloc(3), encodeAudit(plain)].map(behindLength);
  expect(decodeHistory(Buffer.concat(stored))).toEqual([plain, plain]);
  expect(decodeHistory(Buffer.from([0, 40, 1]))).toEqual([]);
  expect(decodeHistory(Buffer.from([0]))).toEqual([]);
  fc.assert(fc.property(fc.uint8Array(), (noise) => void decodeHistory(Buffer.from(noise))));
});
