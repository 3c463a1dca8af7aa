import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { DeviceType } from '../../../lib/domain/client';
import type { Digest } from '../../../lib/domain/secret';
import { riskLevels } from '../../../lib/domain/risk';
import { mintSessionId } from '../../../lib/domain/session-id';
import type { Profile, SessionRecord } from '../../../lib/domain/session-record';
import { headerBytes, offset } from '../../../lib/stores/redis/layout';
import { decodeRecord } from '../../../lib/stores/redis/record-decoder';
import { encodeRecord } from '../../../lib/stores/redis/record-encoder';
import { aRecord, aRotatedRecord } from '../../fixtures/session-record';

const attempt = Buffer.alloc(8, 1);
const deviceTypes: DeviceType[] = [
  'desktop',
  'phone',
  'tablet',
  'tv',
  'console',
  'wearable',
  'bot',
  'other',
  'api',
];

const text = fc.string({ unit: 'binary', maxLength: 40 });
const optional = fc.option(text, { nil: null });
const time = fc.nat({ max: 2 ** 48 - 1 });
const sometime = fc.integer({ min: 1, max: 2 ** 48 - 1 });
const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes) as Digest);

const degrees = (most: number) => fc.integer({ min: -most * 100, max: most * 100 }).map((value) => value / 100 + 0);
const coordinates = fc.option(
  fc.record({ latitude: degrees(90), longitude: degrees(180), radius: fc.nat({ max: 5_000 }) }),
  { nil: null },
);

const profile: fc.Arbitrary<Profile> = fc.record({
  userId: fc.string({ unit: 'binary', minLength: 1 }),
  device: fc.record({
    browser: optional,
    browserVersion: optional,
    os: optional,
    osVersion: optional,
    type: fc.constantFrom(...deviceTypes),
    model: optional,
  }),
  deviceName: optional,
  deviceId: optional,
  ip: optional,
  userAgent: optional,
  location: fc.option(fc.record({ city: optional, region: optional, country: optional, coordinates }), {
    nil: null,
  }),
  risk: fc.option(
    fc.record({
      score: fc.nat({ max: 100 }),
      level: fc.constantFrom(...riskLevels),
      signals: fc.array(fc.record({ code: text, weight: fc.nat({ max: 100 }), because: text }), { maxLength: 3 }),
      known: fc.array(text, { maxLength: 3 }),
    }),
    { nil: null },
  ),
  impersonator: fc.option(
    fc.record({
      id: text,
      sessionId: fc.option(fc.constant(mintSessionId('admin')), { nil: null }),
      reason: text,
    }),
    { nil: null },
  ),
  scope: fc.array(text, { maxLength: 3 }),
  methods: fc.array(text, { maxLength: 3 }),
});

const parent = fc.record({
  accessDigest: digest,
  accessExpiresAt: time,
  refreshDigest: digest,
  nonce: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
});

const record: fc.Arbitrary<SessionRecord> = fc
  .record({
    applicationId: text,
    version: fc.nat(),
    createdAt: time,
    startedAt: time,
    authenticatedAt: time,
    lastSeenAt: time,
    absoluteExpiresAt: time,
    remember: fc.boolean(),
    trusted: fc.boolean(),
    stepUp: fc.boolean(),
    refresh: fc.option(fc.tuple(sometime, digest, time), { nil: null }),
    idle: fc.option(sometime, { nil: null }),
    confirmedAt: fc.option(sometime, { nil: null }),
    repeats: fc.nat({ max: 65_535 }),
    refreshRevoked: fc.boolean(),
    parent: fc.option(parent, { nil: null }),
    profile,
    data: fc.dictionary(fc.string(), fc.jsonValue()),
  })
  .map(({ refresh, idle, confirmedAt, repeats, refreshRevoked, parent: replaced, ...rest }) =>
    aRecord({
      ...rest,
      windows: { refresh: refresh?.[0] ?? null, idle },
      credentials: {
        refreshDigest: refresh?.[1] ?? null,
        refreshExpiresAt: refresh?.[2] ?? null,
        confirmedAt,
        repeats,
        refreshRevoked,
        parent: replaced,
      },
    }),
  );

test('every record reads back as it was', () => {
  fc.assert(
    fc.property(record, (given) => {
      const read = decodeRecord(given.id, encodeRecord(given, attempt));
      // JSON knows no -0
      expect(JSON.stringify(read?.data)).toBe(JSON.stringify(given.data));
      expect({ ...read, data: {} }).toEqual({ ...given, data: {} });
    }),
  );
});

test('A75 who uses a session in whose place, why and where reads back as it was, and costs nobody else a byte', () => {
  const plain = aRecord();
  const location = { city: 'Kraków', region: null, country: 'PL', coordinates: null };
  const impersonator = { id: 'support-7', sessionId: mintSessionId('admin'), reason: 'Ticket 4711' };
  const places = [location, { city: null, region: null, country: null, coordinates: null }, null];
  for (const place of places) {
    for (const who of [impersonator, { ...impersonator, sessionId: null }, null]) {
      for (const type of deviceTypes) {
        const profile = { ...plain.profile, device: { ...plain.profile.device, type } };
        const given = aRecord({ ...plain, profile: { ...profile, location: place, impersonator: who } });
        expect(decodeRecord(given.id, encodeRecord(given, attempt))?.profile).toEqual(given.profile);
      }
    }
  }
  const { scope, methods } = plain.profile;
  expect(encodeRecord(plain, attempt).toString('latin1')).toContain(
    JSON.stringify([scope, methods]).slice(1) + '{}',
  );
});

test('A75 a session that is used in its user’s place bears a letter of its own, by which scripts tell it', () => {
  const letterOf = (given: SessionRecord): string =>
    encodeRecord(given, attempt).toString('latin1', headerBytes + 8, headerBytes + 9);
  const impersonator = { id: 'support-7', sessionId: null, reason: 'Ticket 4711' };
  expect(letterOf(aRecord({ profile: { impersonator } }))).toBe('i');
  expect(letterOf(aRecord())).toBe('d');
});

test('A6 what is stored holds no more than digests, and those where they belong', () => {
  const given = aRotatedRecord();
  const bytes = encodeRecord(given, attempt);
  const { accessDigest, refreshDigest } = given.credentials;
  expect(bytes.subarray(offset.accessDigest, offset.accessDigest + 32)).toEqual(accessDigest);
  expect(bytes.subarray(offset.refreshDigest, offset.refreshDigest + 32)).toEqual(refreshDigest);
  expect(bytes.subarray(offset.attempts, offset.attempts + 32)).toEqual(Buffer.concat([attempt, Buffer.alloc(24)]));
});

describe('B30 what cannot be read', () => {
  const given = aRotatedRecord({ data: { theme: 'dark' } });
  const whole = encodeRecord(given, attempt);
  const read = (bytes: Buffer) => decodeRecord(given.id, bytes);

  test('a newer format is not there', () => {
    const newer = Buffer.from(whole);
    newer[offset.format] = 2;
    expect(read(newer)).toBeUndefined();
  });

  test('an unknown state is not there', () => {
    const strange = Buffer.from(whole);
    strange[offset.state] = 3;
    expect(read(strange)).toBeUndefined();
  });

  test('a record that was cut off anywhere is not there', () => {
    for (let length = 0; length < whole.length; length++) expect(read(whole.subarray(0, length))).toBeUndefined();
  });

  test('nothing that stands in Redis makes it throw', () => {
    const damaged = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 })).map(([at, byte]) => {
      const bytes = Buffer.from(whole);
      bytes[at] = byte;
      return bytes;
    });
    const noise = fc.uint8Array({ maxLength: 2 * headerBytes }).map((bytes) => Buffer.from(bytes));
    fc.assert(fc.property(fc.oneof(damaged, noise), (bytes) => void read(bytes)));
    expect(read(Buffer.from('garbage'))).toBeUndefined();
  });

  test.each(['null', '7', '[]', '["alice"]', '[1,2,3,4,5,6,7,8,9,10,11,12]', '{"userId":"alice"}'])(
    'a profile of %s is not there',
    (json) => {
      const start = headerBytes + 1 + given.applicationId.length;
      const head = Buffer.from(whole.subarray(0, start + 11));
      head.writeUInt16BE(json.length, start + 9);
      expect(read(Buffer.concat([head, Buffer.from(json), Buffer.from('{}')]))).toBeUndefined();
    },
  );
});

test('B30 a device type that a newer version knows is some other device', () => {
  const given = aRecord();
  const bytes = encodeRecord(given, attempt);
  bytes[headerBytes + 1 + given.applicationId.length] = 'x'.charCodeAt(0);
  expect(decodeRecord(given.id, bytes)?.profile.device.type).toBe('other');
});

test.each(['{}', '[]', '["1","signed_out","user"]', '[1]'])(
  'B30 a tombstone that ends in %s is not there',
  (json) => {
    const given = aRecord();
    const bytes = encodeRecord(given, attempt);
    bytes[offset.state] = 2;
    expect(decodeRecord(given.id, Buffer.concat([bytes.subarray(0, -2), Buffer.from(json)]))).toBeUndefined();
  },
);

test('a session of no known device has a mark of zeros', () => {
  const bytes = encodeRecord(aRecord({ profile: { deviceId: null } }), attempt);
  const at = headerBytes + 1 + 'default'.length + 1;
  expect(bytes.subarray(at, at + 8)).toEqual(Buffer.alloc(8));
});

test('stored letters and positions never change', () => {
  const given = aRecord({
    profile: {
      userId: 'u',
      deviceName: 'n',
      deviceId: 'i',
      ip: '192.0.2.1',
      userAgent: 'a',
      scope: ['s'],
      methods: ['m'],
      device: { browser: 'b', browserVersion: 'v', os: 'o', osVersion: 'w', type: 'phone', model: 'x' },
    },
  });
  const tail = encodeRecord(given, attempt).subarray(headerBytes).toString('latin1');
  const mark = createHash('sha256').update('i').digest().subarray(0, 8).toString('latin1');
  expect(tail).toBe(`\u0007defaultp${mark}\u0000=["u","b","v","o","w","x","n","i","192.0.2.1","a",["s"],["m"]]{}`);
  const letters = deviceTypes.map((type) => {
    const device = { ...given.profile.device, type };
    const typed = aRecord({ profile: { device } });
    return encodeRecord(typed, attempt).toString('latin1', headerBytes + 8, headerBytes + 9);
  });
  expect(letters.join('')).toBe('dptvcwboa');
});
