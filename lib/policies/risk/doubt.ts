import type { Location } from '../../domain/location';
import type { RiskFacts } from '../../domain/risk-facts';
import type { Sighting } from '../../domain/sighting';
import { deviceFamily } from './device-family';
import { earlierSightings } from './earlier';

/** A harmless explanation of a person in two places, and what of the signal is left with it. */
export interface Doubt {
  readonly remains: number;
  readonly because: string | null;
}

/**
 * Places are those of addresses: a VPN and the gateways of mobile networks move a device that stands still. Each harmless
 * explanation that the facts allow takes half of the signal away: a device that the user is known by, another of the user's devices
 * at the other place, a usual place, one country. The history is looked at once for all that is compared.
 */
export function doubtsOf(facts: RiskFacts): (other: Sighting) => Doubt {
  const { now, signIns } = facts;
  const known = now.deviceMark !== null && earlierSightings(facts).some((earlier) => isSameDevice(earlier, now));
  const usual = signIns.some(({ location }) => isSamePlace(location, now.location));
  // A session stays on the device that it began on: an unknown caller in it is none of the user's other devices.
  const mayBeTwo = known || facts.before === null;
  return (other) => {
    const two = mayBeTwo && other !== facts.before && isOtherDevice(other, now);
    const sameCountry = now.location?.country != null && now.location.country === other.location?.country;
    const explanations = [known, two, usual, sameCountry].filter(Boolean);
    return { remains: 0.5 ** explanations.length, because: inWords(known && !isSameDevice(other, now)) };
  };

  function inWords(isOther: boolean): string | null {
    if (known) return `${isOther ? 'a known' : 'the same'} device: perhaps a VPN`;
    return usual ? 'a usual place of this user' : null;
  }
}

function isSameDevice(a: Sighting, b: Sighting): boolean {
  return a.deviceMark !== null && a.deviceMark === b.deviceMark;
}

/** For certain: where one of them keeps no device id, another browser or system is another device. */
function isOtherDevice(a: Sighting, b: Sighting): boolean {
  if (a.deviceMark !== null && b.deviceMark !== null) return a.deviceMark !== b.deviceMark;
  const families = [deviceFamily(a.device), deviceFamily(b.device)];
  return !families.includes(undefined) && families[0] !== families[1];
}

/** The city where both tell it, else the country. */
function isSamePlace(a: Location | null, b: Location | null): boolean {
  if (!a?.country || a.country !== b?.country) return false;
  return a.city === null || b.city === null || a.city === b.city;
}
