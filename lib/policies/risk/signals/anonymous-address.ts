import type { RiskFacts } from '../../../domain/risk-facts';
import type { Finding } from '../finding';

/** The app's own detector names the address. */
export function anonymousAddress({ isAnonymous }: RiskFacts): Finding | undefined {
  return isAnonymous ? { strength: 1, because: 'The address is of a VPN, a proxy or Tor' } : undefined;
}
