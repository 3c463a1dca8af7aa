import type { Coordinates } from '../../domain/location';
import type { Sighting } from '../../domain/sighting';
import { millisecondsBetween } from './earlier';

/** From one sighting to another. */
export interface Journey {
  /** Between the two points. */
  readonly kilometres: number;
  readonly milliseconds: number;
  /** How many times faster it was than anyone travels: above 1. */
  readonly excess: number;
}

const earthRadius = 6_371;
const hour = 3_600_000;
// Address databases are wrong by so much even where they claim to know better, and towns lie so close to each other.
const leastKilometres = 150;
const onTheGround = { kilometresPerHour: 300, overhead: 0 };
const byAir = { kilometresPerHour: 900, overhead: 1.5 * hour };

/**
 * The journey between two sightings, where nobody can have made it: what certainly lies between the places, at the speed of a
 * fast train or of an airliner with its airports, takes longer than there was time. undefined where it can be, or is not known.
 */
export function impossibleJourney(from: Sighting, to: Sighting): Journey | undefined {
  const [a, b] = [from.location?.coordinates, to.location?.coordinates];
  if (!a || !b) return undefined;
  const kilometres = greatCircle(a, b);
  const certain = kilometres - uncertainty(a) - uncertainty(b);
  // Also false where a figure is none.
  if (!(certain >= leastKilometres)) return undefined;
  const milliseconds = millisecondsBetween(from, to);
  const needed = Math.min(...[onTheGround, byAir].map((way) => duration(certain, way)));
  const excess = needed / Math.max(milliseconds, 1);
  return excess > 1 ? { kilometres, milliseconds, excess } : undefined;
}

/** Kilometres between two points (haversine). */
export function greatCircle(a: Coordinates, b: Coordinates): number {
  const [north, east] = [radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)];
  const chord =
    Math.sin(north / 2) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(east / 2) ** 2;
  return 2 * earthRadius * Math.asin(Math.sqrt(Math.min(chord, 1)));
}

function duration(kilometres: number, { kilometresPerHour, overhead }: typeof byAir): number {
  return (kilometres / kilometresPerHour) * hour + overhead;
}

/** A radius below nothing is a mistake of whoever gave it, and must not lengthen the way. */
function uncertainty({ radius }: Coordinates): number {
  return Math.max(radius, 0);
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
