import { millisecondsBetween } from '../earlier';
import { doubtsOf } from '../doubt';
import type { RiskFacts } from '../../../domain/risk-facts';
import type { Finding } from '../finding';
import { impossibleJourney } from '../travel';
import { figure, placeInWords, spanInWords } from '../words';

/** Milliseconds: what is used within them is used at the same time. */
export const concurrencyWindow = 15 * 60_000;

/** Another live session of the user was used a moment ago, too far away for one person. */
export function concurrentPlaces(facts: RiskFacts): Finding | undefined {
  const doubtOf = doubtsOf(facts);
  const found = facts.others.flatMap((other): Finding[] => {
    const apart = millisecondsBetween(other, facts.now);
    const journey = apart <= concurrencyWindow ? impossibleJourney(other, facts.now) : undefined;
    if (journey === undefined) return [];
    const { remains, because } = doubtOf(other);
    const places = `${placeInWords(facts.now.location!)} and, ${spanInWords(apart)} ago, ${placeInWords(other.location!)}`;
    const why = because === null ? '' : ` (${because})`;
    return [{ strength: remains, because: `Used in ${places}: ${figure(journey.kilometres)} km apart${why}` }];
  });
  return found.reduce<Finding | undefined>(
    (most, one) => (most && most.strength >= one.strength ? most : one),
    undefined,
  );
}
