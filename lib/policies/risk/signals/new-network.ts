import { networksOf } from '../../../domain/network';
import type { RiskFacts } from '../../../domain/risk-facts';
import { earlierSightings } from '../earlier';
import type { Finding } from '../finding';

/** A network from which this user has never come. IPv4 is compared with IPv4 alone: a device with both takes either. */
export function newNetwork(facts: RiskFacts): Finding | undefined {
  const now = networksOf(facts.now.ip);
  if (now === undefined) return undefined;
  const known = earlierSightings(facts).flatMap(({ ip }) => networksOf(ip) ?? []);
  const comparable = known.filter(({ version }) => version === now.version);
  if (comparable.length === 0 || comparable.some(({ near }) => near === now.near)) return undefined;
  // A provider hands out the addresses of its wide network in turns.
  return comparable.some(({ wide }) => wide === now.wide)
    ? { strength: 0.5, because: 'A network that was not used before, beside one that was' }
    : { strength: 1, because: 'A network that was not used before' };
}
