import type { RiskFacts } from '../../../domain/risk-facts';
import type { Finding } from '../finding';

/** A spent token in its grace: lost replies and parallel tabs do that, from one network and at once. */
export function graceReplay({ replay }: RiskFacts): Finding | undefined {
  if (!replay) return undefined;
  const { late, otherNetwork } = replay;
  if (late && otherNetwork) {
    return {
      strength: 1,
      because: 'A token was renewed a second time, long after the first and from another network',
    };
  }
  if (otherNetwork) return { strength: 0.6, because: 'A token was renewed a second time, from another network' };
  return late ? { strength: 0.4, because: 'A token was renewed a second time, long after the first' } : undefined;
}
