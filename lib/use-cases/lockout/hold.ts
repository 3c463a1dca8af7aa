import { SessionError } from '../../domain/error';
import { retryAfter } from '../../policies/lockout';
import type { Counted } from './count';
import type { LockoutVerdict } from './outcomes';

/** Why an attempt is refused: a counter that it would be counted on is held. */
export interface Hold {
  readonly at: number;
  readonly heldUntil: number;
}

/** The longest hold among what was counted or asked; undefined for none. */
export function holdIn(...counts: readonly (Counted | null)[]): Hold | undefined {
  return counts
    .filter((counted) => counted !== null)
    .filter(({ isHeld }) => isHeld)
    .map(({ at, counters }) => ({ at, heldUntil: Math.max(...counters.map(({ heldUntil }) => heldUntil)) }))
    .reduce<Hold | undefined>((one, other) => (one && one.heldUntil >= other.heldUntil ? one : other), undefined);
}

export function verdictOn(hold: Hold | undefined): LockoutVerdict {
  if (!hold) return { status: 'open' };
  const retryAfterSeconds = retryAfter(hold.heldUntil, hold.at);
  const error = new SessionError('too_many_attempts', { retryAfterSeconds });
  return { status: 'refused', retryAfterSeconds, error };
}
