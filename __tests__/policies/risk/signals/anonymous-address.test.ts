import { anonymousAddress } from '../../../../lib/policies/risk/signals/anonymous-address';
import { facts } from '../../../fixtures/risk-facts';

test('counts where the app’s detector names the address, without repeating it', () => {
  expect(anonymousAddress(facts({ isAnonymous: true }))).toEqual({
    strength: 1,
    because: 'The address is of a VPN, a proxy or Tor',
  });
  expect(anonymousAddress(facts())).toBeUndefined();
});
