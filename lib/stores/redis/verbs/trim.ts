import type { Trim } from '../../../store/creation';
import type { TrimOutcome } from '../../../store/outcomes';
import type { Backend } from '../backend';
import { encodeFarewell } from '../farewell-codec';
import { nameOf } from '../keys';
import { namedLimits, userLimits } from '../limit-arguments';

export async function trim({ scripts, keys, records }: Backend, command: Trim): Promise<TrimOutcome> {
  const { user, attempt, limits, evict, evicting } = command;
  const reply = await scripts.write(
    'trim',
    [keys.index(user), keys.audit(user), keys.epoch(user), keys.ownLimit(user)],
    command,
    [
      attempt,
      ...userLimits(limits),
      limits.application ?? '',
      evict.order,
      evict.first.map(nameOf).join(''),
      encodeFarewell(evicting),
      ...namedLimits(limits),
    ],
  );
  records.noteAudit(Number(reply[1]));
  return { status: 'trimmed', count: Number(reply[2]) };
}
