import { earlierSightings, millisecondsBetween } from '../earlier';
import type { RiskFacts } from '../../../domain/risk-facts';
import type { Finding } from '../finding';
import { spanInWords } from '../words';

const day = 86_400_000;
const [asleep, forgotten] = [90 * day, 365 * day];

/** Nobody had used the account for months: its owner would not notice. */
export function dormantAccount(facts: RiskFacts): Finding | undefined {
  const spans = earlierSightings(facts).map((sighting) => millisecondsBetween(sighting, facts.now));
  const span = spans.reduce((least, one) => Math.min(least, one), Infinity);
  if (span < asleep || span === Infinity) return undefined;
  return { strength: Math.min(0.5 + span / (2 * forgotten), 1), because: `Not used for ${spanInWords(span)}` };
}
