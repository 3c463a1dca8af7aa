import type { Location } from '../../domain/location';
import type { Sighting } from '../../domain/sighting';
import type { RiskFacts } from '../../domain/risk-facts';

/** A harmless explanation of a person in two places, and what of the signal is left with it. */
interface Doubt {
  readonly remains: number;
  readonly because: string | null;
}

/**
 * Places are those of addresses: a VPN and the gateways of mobile networks move a device that stands still. Each harmless
 * explanation that the facts allow takes its part of the signal away.
 */
export function doubtOf({ now, signIns }: RiskFacts, other: Sighting): Doubt {
  const sameDevice = now.deviceMark !== null && now.deviceMark === other.deviceMark;
  const usual = signIns.some(({ location }) => isSamePlace(location, now.location));
  const sameCountry = now.location?.country != null && now.location.country === other.location?.country;
  return {
    remains: (sameDevice ? 0.5 : 1) * (usual ? 0.5 : 1) * (sameCountry ? 0.5 : 1),
    because: sameDevice ? 'the same device: perhaps a VPN' : usual ? 'a usual place of this user' : null,
  };
}

/** The city where both tell it, else the country. */
function isSamePlace(a: Location | null, b: Location | null): boolean {
  if (!a?.country || a.country !== b?.country) return false;
  return a.city === null || b.city === null || a.city === b.city;
}
