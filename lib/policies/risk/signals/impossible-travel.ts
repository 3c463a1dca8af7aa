import type { Sighting } from '../../../domain/sighting';
import { millisecondsBetween } from '../earlier';
import { type Doubt, doubtsOf } from '../doubt';
import type { RiskFacts } from '../../../domain/risk-facts';
import type { Finding } from '../finding';
import { impossibleJourney, type Journey } from '../travel';
import { figure, placeInWords, spanInWords } from '../words';
import { concurrencyWindow } from './concurrent-places';

const hour = 3_600_000;
const leastShown = 60_000;

/** Nobody travels as fast as from the place of before to this one. */
export function impossibleTravel(facts: RiskFacts): Finding | undefined {
  const doubtOf = doubtsOf(facts);
  const found = comparable(facts).flatMap((sighting) => {
    const journey = impossibleJourney(sighting, facts.now);
    return journey === undefined ? [] : [finding(facts, sighting, journey, doubtOf(sighting))];
  });
  return found.reduce<Finding | undefined>(
    (most, one) => (most && most.strength >= one.strength ? most : one),
    undefined,
  );
}

/** Each place as it was seen last. What other sessions do at this very time is another signal's. */
function comparable({ before, others, signIns, now }: RiskFacts): readonly Sighting[] {
  return [
    ...(before ? [before] : signIns.filter(({ location }) => location?.coordinates).slice(0, 1)),
    ...others.filter((other) => millisecondsBetween(other, now) > concurrencyWindow),
  ];
}

function finding(
  facts: RiskFacts,
  from: Sighting,
  { kilometres, milliseconds, excess }: Journey,
  doubt: Doubt,
): Finding {
  const places = `${placeInWords(from.location!)} to ${placeInWords(facts.now.location!)}`;
  // A speed says something where there was time to move at all.
  const speed = milliseconds < leastShown ? '' : `, ${figure(kilometres / (milliseconds / hour))} km/h`;
  const why = doubt.because === null ? '' : ` (${doubt.because})`;
  return {
    // Twice as fast as can be is as impossible as it gets.
    strength: doubt.remains * Math.min(0.5 * excess, 1),
    because: `${places} in ${spanInWords(milliseconds)}: ${figure(kilometres)} km${speed}${why}`,
  };
}
