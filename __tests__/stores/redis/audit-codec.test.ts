import fc from 'fast-check';
import { type AuditClient, type AuditEntry, auditEvents } from '../../../lib/domain/audit-entry';
import { deviceTypes } from '../../../lib/domain/client';
import { endReasons } from '../../../lib/domain/end-reason';
import { mintSessionId } from '../../../lib/domain/session-id';
import { decodeAudit, encodeAudit, encodeAuditTemplate } from '../../../lib/stores/redis/audit-codec';
import { nameOf } from '../../../lib/stores/redis/keys';
import { decodeHistory } from '../../../lib/stores/redis/history-codec';

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });

const ip = fc.oneof(fc.ipV4(), fc.ipV6(), text, fc.constantFrom('01.2.3.4', '1.2.3', '1.2.3.256', '1.2.3.4 '));

const optional = fc.option(text, { nil: null });
const degrees = fc.integer({ min: -9_000, max: 9_000 }).map((value) => value / 100 + 0);
const coordinates = fc.record({ latitude: degrees, longitude: degrees, radius: fc.nat() });
const client: fc.Arbitrary<AuditClient> = fc.record({
  device: fc.record({
    ...{ browser: optional, browserVersion: optional, os: optional, osVersion: optional },
    type: fc.constantFrom(...deviceTypes),
  }),
  deviceMark: optional,
  location: fc.option(
    fc.record({
      ...{ city: optional, region: optional, country: optional },
      coordinates: fc.option(coordinates, { nil: null }),
    }),
    { nil: null },
  ),
  risk: fc.option(fc.record({ score: fc.nat({ max: 100 }), codes: fc.array(text, { maxLength: 3 }) }), {
    nil: null,
  }),
});

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
  client: fc.option(client, { nil: null }),
  subject: fc.option(fc.string({ unit: 'binary', minLength: 1 }), { nil: null }),
  relayed: fc.boolean(),
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
  client: null,
  subject: null,
  relayed: false,
};

test('an entry without a client takes 42 bytes; a sign-in whose device and place are known takes 141', () => {
  expect(encodeAudit(plain)).toHaveLength(42);
  expect(encodeAudit({ ...plain, relayed: true })).toHaveLength(42);
  const device = {
    browser: 'Mobile Safari',
    browserVersion: '18.5',
    os: 'iOS',
    osVersion: '18.5',
    type: 'phone',
  } as const;
  const coordinates = { latitude: 50.06, longitude: 19.94, radius: 20 };
  const location = { city: 'Kraków', region: null, country: 'PL', coordinates };
  const signIn = { device, deviceMark: 'c2V2ZW4hISE', location, risk: null };
  expect(encodeAudit({ ...plain, client: signIn })).toHaveLength(141);
});

test('B30 entries that earlier versions stored read back as they were', () => {
  const sessionId = 'a6f5cc9e-6d1b-4f5f-9a39-2d0b8f1c7e55';
  const rest = { id: 'MTIzNDU2Nzg', at: 1_767_225_600_000, client: null, subject: null, relayed: false };
  const admin = { type: 'admin', id: 'support-7' };
  const user = { type: 'user' };
  const [ip, count, reason] = [null, null, null];
  expect(
    [
      'MTIzNDU2NzgBm3baqAAAYHB2WE1ubTBiVDEtYU9TMExqeHgtVlHLAHEJ',
      'MTIzNDU2NzgBm3baqAABIXB2WE1ubTBiVDEtYU9TMExqeHgtVlExNCwic3VwcG9ydC03IiwiMjAwMTpkYjg6OjEi',
      'MTIzNDU2NzgBm3baqAACEAAAAAM1',
    ].map((stored) => decodeAudit(Buffer.from(stored, 'base64'))),
  ).toEqual([
    { ...rest, event: 'session_created', actor: user, sessionId, reason, count, ip: '203.0.113.9' },
    { ...rest, event: 'session_revoked', actor: admin, sessionId, reason: 'risk', count, ip: '2001:db8::1' },
    { ...rest, event: 'sessions_revoked', actor: user, sessionId: null, reason: 'password_changed', count: 3, ip },
  ]);
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
