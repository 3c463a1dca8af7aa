import { inTurns } from '../../../domain/in-turns';
import type { Trim } from '../../../store/creation';
import type { TrimOutcome } from '../../../store/outcomes';
import type { Backend } from '../backend';
import { encodeFarewell } from '../farewell-codec';
import { nameOf } from '../keys';
import { namedLimits, userLimits } from '../limit-arguments';

export async function trim({ security, keys, records }: Backend, command: Trim): Promise<TrimOutcome> {
  const { user, attempt, limits, evict, evicting } = command;
  const endFirst = await inTurns(evict.first, nameOf);
  const { reply, durable } = await security.write(
    'trim',
    [keys.index(user), keys.audit(user), keys.epoch(user), keys.ownLimit(user)],
    command,
    [
      attempt,
      ...userLimits(limits),
      limits.application ?? '',
      evict.order,
      endFirst.join(''),
      encodeFarewell(evicting),
      ...namedLimits(limits),
    ],
  );
  records.noteAudit(reply[1]);
  return { status: 'trimmed', count: Number(reply[2]), durable };
}
