import crypto from 'node:crypto';
import { mintAttempt, mintFamily, mintNonce, mintSecret } from '../../lib/tokens/mint';

afterEach(() => jest.restoreAllMocks());

test.each([
  ['secret', mintSecret, 32],
  ['family', mintFamily, 16],
  ['nonce', mintNonce, 32],
  ['attempt', mintAttempt, 8],
])('A1 a %s is fresh bytes of the system generator', (_, mint, length) => {
  const randomBytes = jest.spyOn(crypto, 'randomBytes');
  const minted = [mint(), mint()];
  expect(randomBytes.mock.calls).toEqual([[length], [length]]);
  expect(minted).toEqual(randomBytes.mock.results.map(({ value }) => value as Buffer));
  expect(minted[0]).not.toEqual(minted[1]);
});
