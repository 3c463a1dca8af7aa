import { earlierSightings } from '../earlier';
import type { RiskFacts } from '../../../domain/risk-facts';
import type { Finding } from '../finding';
import { short } from '../words';

const mostNamed = 5;

/** A country in which this user has never been seen. One who is seen in many countries travels: the next tells less. */
export function newCountry(facts: RiskFacts): Finding | undefined {
  const country = facts.now.location?.country ?? null;
  const known = new Set(earlierSightings(facts).flatMap(({ location }) => location?.country ?? []));
  if (country === null || known.size === 0 || known.has(country)) return undefined;
  const named = [...known].slice(0, mostNamed).map(short).join(', ');
  const rest = known.size > mostNamed ? ` and ${known.size - mostNamed} more` : '';
  return {
    strength: 4 / (3 + known.size),
    because: `The first time in ${short(country)}; so far in ${named}${rest}`,
  };
}
