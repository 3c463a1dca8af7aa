import type { ConsumeOneTime, ConsumeOneTimeOutcome } from '../../../store/one-times';
import type { Memory } from '../memory';

export function consumeOneTime(memory: Memory, command: ConsumeOneTime): ConsumeOneTimeOutcome {
  const { id, purpose, at, attempt, audit } = command;
  const { oneTimes } = memory;
  const known = oneTimes.find(id);
  if (known?.purpose !== purpose) return { status: 'missing' };
  if (oneTimes.wasTaken(id, attempt)) return { status: 'consumed', oneTime: known };
  const status = known.expiresAt <= at ? 'expired' : known.uses === 0 ? 'spent' : 'consumed';
  const isTold = oneTimes.tells(known, status === 'consumed' ? 'redemptions' : 'refusals');
  if (known.user !== null && isTold) memory.log(known.user, audit[status]);
  return { status, oneTime: status === 'consumed' ? oneTimes.take(known, attempt) : known };
}
