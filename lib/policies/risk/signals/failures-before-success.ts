import type { RiskFacts } from '../../../domain/risk-facts';
import type { Finding } from '../finding';
import { figure } from '../words';

// People mistype twice and then remember; ten in a row are a list of passwords.
const harmless = 2;
const full = 10;

/** A sign-in after failed ones. */
export function failuresBeforeSuccess({ occasion, failures }: RiskFacts): Finding | undefined {
  if (occasion !== 'sign-in' || !(failures > harmless)) return undefined;
  return {
    strength: Math.min((failures - harmless) / (full - harmless), 1),
    because: `${figure(failures)} failed logins of this account before this one`,
  };
}
