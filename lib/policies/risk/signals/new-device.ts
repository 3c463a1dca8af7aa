import type { Sighting } from '../../../domain/sighting';
import { earlierSightings } from '../earlier';
import { deviceFamily } from '../device-family';
import type { RiskFacts } from '../../../domain/risk-facts';
import type { Finding } from '../finding';
import { deviceInWords } from '../words';

/** A sign-in on a device that this user has not used; later on, a session that shows another device id than it began with. */
export function newDevice(facts: RiskFacts): Finding | undefined {
  return facts.before === null ? atSignIn(facts, earlierSightings(facts)) : midSession(facts, facts.before);
}

function atSignIn({ now }: RiskFacts, earlier: readonly Sighting[]): Finding | undefined {
  const family = deviceFamily(now.device);
  const known = earlier.filter(({ device }) => deviceFamily(device) !== undefined);
  const alike = family !== undefined && known.some(({ device }) => deviceFamily(device) === family);
  const marks = earlier.flatMap(({ deviceMark }) => deviceMark ?? []);
  if (now.deviceMark !== null && marks.length > 0) {
    if (marks.includes(now.deviceMark)) return undefined;
    // Whoever clears the browser's data has a new id with the browser of before.
    return alike
      ? {
          strength: 0.5,
          because: `${deviceInWords(now.device)} as before, but not on a device that was used before`,
        }
      : { strength: 1, because: `The first sign-in on ${deviceInWords(now.device)}` };
  }
  if (family === undefined || known.length === 0 || alike) return undefined;
  return { strength: 1, because: `The first sign-in on ${deviceInWords(now.device)}` };
}

function midSession({ now, signIns, others }: RiskFacts, before: Sighting): Finding | undefined {
  if (now.deviceMark === null || before.deviceMark === null || now.deviceMark === before.deviceMark)
    return undefined;
  const isKnown = [...others, ...signIns].some(({ deviceMark }) => deviceMark === now.deviceMark);
  return isKnown
    ? { strength: 0.5, because: 'The session is used on another of the user’s devices than the one it began on' }
    : { strength: 1, because: 'The session is used on another device than the one it began on' };
}
