import fc from 'fast-check';
import { mintOneTimeToken, readOneTimeToken } from '../../lib/tokens/one-time-token';
import { readAccessToken } from '../../lib/tokens/access-token';
import { readRefreshToken } from '../../lib/tokens/refresh-token';

const tags = fc.nat(0xfff).map((tag) => tag.toString(16).padStart(3, '0'));

test('a token names the record it was minted for, in the slot of its tag', () => {
  fc.assert(
    fc.property(tags, (tag) => {
      const { token, id } = mintOneTimeToken(tag);
      expect(readOneTimeToken(token)).toBe(id);
      expect(id.slice(0, 3)).toBe(tag);
      expect(id).toHaveLength(25);
    }),
  );
});

test('without a tag each lies somewhere, so that those of nobody do not crowd one slot', () => {
  const tags = Array.from({ length: 2_000 }, () => Number.parseInt(mintOneTimeToken().id.slice(0, 3), 16));
  expect(new Set(tags).size).toBeGreaterThan(1_000);
  expect([Math.min(...tags) < 100, Math.max(...tags) > 3_995]).toEqual([true, true]);
});

test('A6 the name tells nothing of the secret: no piece of the token is in it', () => {
  const { token, id } = mintOneTimeToken('abc');
  for (let at = 8; at + 6 < token.length; at++) expect(id).not.toContain(token.slice(at, at + 6));
});

test('A4 is no access and no refresh token', () => {
  const { token } = mintOneTimeToken('0f0');
  expect(token).toMatch(/^sot_[\w-]+$/);
  expect(readAccessToken(token)).toBeUndefined();
  expect(readRefreshToken(token)).toBeUndefined();
});

test('A3 one changed character, or a piece too much or too little, and it is none', () => {
  const { token } = mintOneTimeToken('123');
  for (let at = 0; at < token.length; at++) {
    const other = token[at] === 'A' ? 'B' : 'A';
    expect(readOneTimeToken(token.slice(0, at) + other + token.slice(at + 1))).toBeUndefined();
  }
  for (const wrong of ['', 'sot_', `${token}A`, token.slice(1), undefined, null, 7, {}, [token]]) {
    expect(readOneTimeToken(wrong)).toBeUndefined();
  }
});
