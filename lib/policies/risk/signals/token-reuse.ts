import type { RiskFacts } from '../../../domain/risk-facts';
import type { Finding } from '../finding';
import { spanInWords } from '../words';

const day = 86_400_000;
// What was stolen once may be stolen still: the password with it, or the machine.
const fading = [
  { within: day, strength: 1 },
  { within: 7 * day, strength: 0.5 },
  { within: 30 * day, strength: 0.25 },
];

/** A spent token of this user was presented lately: somebody had a copy. */
export function tokenReuse({ now, tokenReusedAt }: RiskFacts): Finding | undefined {
  if (tokenReusedAt === null) return undefined;
  const ago = Math.max(now.at - tokenReusedAt, 0);
  const faded = fading.find(({ within }) => ago <= within);
  return (
    faded && { strength: faded.strength, because: `A spent token of this user was used ${spanInWords(ago)} ago` }
  );
}
