import crypto, { createHash } from 'node:crypto';
import { checksum } from '../../lib/tokens/checksum';
import { apiSecretDigest, apiSecretHash, looksLikeApiSecret, mintApiSecret } from '../../lib/tokens/api-secret';
import { mintOneTimeToken } from '../../lib/tokens/one-time-token';

test('A1 A3 a secret is its prefix, 256 random bits and a checksum, and none comes twice', () => {
  const random = jest.spyOn(crypto, 'randomBytes');
  const secrets = Array.from({ length: 10_000 }, mintApiSecret);
  expect(random.mock.calls.filter(([bytes]) => bytes === 32)).toHaveLength(10_000);
  random.mockRestore();
  expect(new Set(secrets).size).toBe(10_000);
  for (const secret of secrets.slice(0, 100)) {
    expect(secret).toMatch(/^sas_[\w-]{43}[\w-]{6}$/);
    expect(secret.slice(-6)).toBe(checksum(secret.slice(0, -6)));
    expect(looksLikeApiSecret(secret)).toBe(true);
  }
});

test('its hash is that of its text, as any tool gives it', () => {
  const secret = mintApiSecret();
  const digest = createHash('sha256').update(secret).digest();
  expect(apiSecretDigest(secret)).toEqual(digest);
  expect(apiSecretHash(secret)).toBe(`sha256:${digest.toString('base64url')}`);
  expect(apiSecretHash(secret)).toMatch(/^sha256:[\w-]{43}$/);
});

test('A3 a secret with any other letter has no hash', () => {
  const secret = mintApiSecret();
  for (let at = 0; at < secret.length; at++) {
    const other = secret[at] === 'A' ? 'B' : 'A';
    expect(apiSecretDigest(secret.slice(0, at) + other + secret.slice(at + 1))).toBeUndefined();
  }
});

test('A3 of two spellings of the same bytes one is a secret', () => {
  const body = mintApiSecret().slice(0, -6);
  const spellings = ['A', 'B', 'C', 'D'].map((last) => `${body.slice(0, -1)}${last}`);
  const good = spellings.filter((text) => apiSecretDigest(text + checksum(text)) !== undefined);
  expect(good).toEqual([`${body.slice(0, -1)}A`]);
});

test.each([undefined, null, 7, '', 'sas_', mintOneTimeToken('0f8').token, 'sas_'.padEnd(1_000_000, 'x')])(
  'what is no secret has no hash',
  (text) => {
    expect(apiSecretDigest(text)).toBeUndefined();
    expect(apiSecretHash(text)).toBeUndefined();
  },
);
