import crypto from 'node:crypto';
import zlib from 'node:zlib';
import fc from 'fast-check';
import { mintSessionId } from '../../lib/domain/session-id';
import { readAccessToken, writeAccessToken } from '../../lib/tokens/access-token';
import { checksum } from '../../lib/tokens/checksum';
import { mintFamily, mintSecret } from '../../lib/tokens/mint';
import { readRefreshToken, writeRefreshToken } from '../../lib/tokens/refresh-token';
import { readToken, tokenKind, writeToken } from '../../lib/tokens/token-text';

const accessToken = (): string => writeAccessToken({ id: mintSessionId('alice'), secret: mintSecret() });

const refreshToken = (): string =>
  writeRefreshToken({ id: mintSessionId('alice'), family: mintFamily(), generation: 5, secret: mintSecret() });

const kinds = [
  { kind: 'access', mint: accessToken, read: readAccessToken },
  { kind: 'refresh', mint: refreshToken, read: readRefreshToken },
];

afterEach(() => jest.restoreAllMocks());

describe.each(kinds)('$kind tokens', ({ mint, read }) => {
  test('A3 refuse any change of a single character', () => {
    const token = mint();
    fc.assert(
      fc.property(fc.nat(), fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }), (position, other) => {
        const at = position % token.length;
        fc.pre(token[at] !== other);
        expect(read(token.slice(0, at) + other + token.slice(at + 1))).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });

  test('refuse any two characters changing places', () => {
    const token = mint();
    for (let at = 1; at < token.length; at++) {
      if (token[at] === token[at - 1]) continue;
      const swapped = token.slice(0, at - 1) + token[at]! + token[at - 1]! + token.slice(at + 1);
      expect(read(swapped)).toBeUndefined();
    }
  });

  test('refuse any truncation and any addition', () => {
    const token = mint();
    for (let length = 0; length < token.length; length++) {
      expect(read(token.slice(0, length))).toBeUndefined();
      expect(read(token.slice(-length - 1).slice(1))).toBeUndefined();
    }
    for (const extra of ['A', '=', ' ', '\n', '\0', '.']) {
      expect(read(token + extra)).toBeUndefined();
      expect(read(extra + token)).toBeUndefined();
    }
  });

  test('refuse a token that is written in another alphabet or case, though its checksum is right', () => {
    const body = mint().slice(0, -6);
    for (const other of [
      body.replaceAll('-', '+').replaceAll('_', '/').replace('s', 'S'),
      `${body.slice(0, -1)}=`,
      `${body.slice(0, -1)} `,
      `${body.slice(0, 10)}+${body.slice(11)}`,
      `${body.slice(0, 10)}é${body.slice(11)}`,
    ]) {
      expect(read(other + checksum(other))).toBeUndefined();
    }
  });

  test('refuse a body whose id is no UUID, though its checksum is right', () => {
    const body = Buffer.from(mint().slice(4, -6), 'base64url');
    body[6] = 0; // no version
    const text = mint().slice(0, 4) + body.toString('base64url');
    expect(read(text + checksum(text))).toBeUndefined();
  });

  test('refuse whatever is not text, without throwing', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(read(value)).toBeUndefined();
      }),
    );
    expect(read([mint()])).toBeUndefined();
    expect(read(new String(mint()))).toBeUndefined();
  });

  test('refuse any text that was not minted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(read(text)).toBeUndefined();
        expect(read(mint().slice(0, 4) + text)).toBeUndefined();
      }),
    );
  });

  test('A56 refuse a token of 1 MB before anything is computed of it', () => {
    const huge = mint().padEnd(1_000_000, 'A');
    const spies = [jest.spyOn(zlib, 'crc32'), jest.spyOn(crypto, 'hash'), jest.spyOn(Buffer, 'from')];
    expect(read(huge)).toBeUndefined();
    expect(spies.map((spy) => spy.mock.calls.length)).toEqual([0, 0, 0]);
  });
});

test('A4 a token of one kind is refused as any other kind', () => {
  expect(readRefreshToken(accessToken())).toBeUndefined();
  expect(readAccessToken(refreshToken())).toBeUndefined();
  const oneTime = tokenKind('sot_', 34);
  const token = writeToken(oneTime, crypto.randomBytes(34));
  expect(readToken(oneTime, token)).toHaveLength(34);
  expect(readAccessToken(token)).toBeUndefined();
  expect(readRefreshToken(token)).toBeUndefined();
});

test('A4 a token is refused under the prefix of another kind with a body of the same length', () => {
  const body = crypto.randomBytes(48);
  const [one, other] = [tokenKind('sat_', 48), tokenKind('sxt_', 48)];
  expect(readToken(other, writeToken(one, body))).toBeUndefined();
  expect(readToken(other, writeToken(other, body))).toEqual(body);
});

test('a refresh token in any but its one canonical spelling is refused, though its checksum is right', () => {
  const token = refreshToken();
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const body = token.slice(0, -6);
  // The last of 91 characters holds two spare bits: four spellings decode to the same bytes.
  const last = alphabet.indexOf(body.at(-1)!);
  const spellings = [0, 1, 2, 3].map((spare) => body.slice(0, -1) + alphabet[(last & ~3) | spare]!);
  const decoded = spellings.map((text) => Buffer.from(text.slice(4), 'base64url').toString('hex'));
  expect(new Set(decoded).size).toBe(1);
  expect(spellings.filter((text) => readRefreshToken(text + checksum(text)))).toEqual([body]);
});

test.each([
  [34, 46],
  [48, 64],
  [68, 91],
])('a body of %i bytes takes %i characters', (bytes, characters) => {
  const kind = tokenKind('sat_', bytes);
  const body = crypto.randomBytes(bytes);
  const token = writeToken(kind, body);
  expect(kind.length).toBe(4 + characters + 6);
  expect(token).toHaveLength(kind.length);
  expect(readToken(kind, token)).toEqual(body);
});
