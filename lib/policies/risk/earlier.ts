import type { Sighting } from '../../domain/sighting';
import type { RiskFacts } from '../../domain/risk-facts';

/** Wherever else the user has been seen. Empty at the first sign-in of all: nothing is new to someone who is. */
export function earlierSightings({ before, signIns, others }: RiskFacts): readonly Sighting[] {
  return [...(before ? [before] : []), ...others, ...signIns];
}

/** How far two sightings lie apart in time. Clocks may have gone back between them: the order is not asked for. */
export function millisecondsBetween(a: Sighting, b: Sighting): number {
  const between = Math.abs(a.at - b.at);
  return Number.isFinite(between) ? between : Infinity;
}
