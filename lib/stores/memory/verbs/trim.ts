import type { Trim } from '../../../store/creation';
import type { TrimOutcome } from '../../../store/outcomes';
import { judge } from '../crowd';
import { endAll } from '../farewells';
import type { Memory } from '../memory';
import { countedEntries } from './counted-entries';

export function trim(memory: Memory, command: Trim): TrimOutcome {
  const { user, at, attempt, limits, evict, evicting: farewell } = command;
  const made = memory.users.get(user)?.revocation(attempt);
  if (made) return { status: 'trimmed', count: made.count, durable: true };

  const crowd = countedEntries(memory, user, at).map(({ record }) => record);
  const { evicted } = judge(crowd, { limits, stored: memory.limits.get(user) ?? null }, null, evict);
  const leaving = evicted.map(({ id }) => ({ entry: memory.find(id)!, farewell }));
  endAll(memory, leaving, attempt);
  if (leaving.length > 0) memory.users.open(user).rememberRevocation({ attempt, count: leaving.length });
  return { status: 'trimmed', count: leaving.length, durable: true };
}
