import type { DeviceType } from '../../../domain/client';
import type { UserKey } from '../../../domain/session-id';
import type { SurveyedUser, SurveyOutcome, SurveyQuery } from '../../../store/fleet';
import { isLive } from '../liveness';
import type { Memory } from '../memory';

// What one step looks at, so that nobody waits long for it.
const mostUsers = 250;
const mostSessions = 1_000;

export function survey(memory: Memory, { at, cursor }: SurveyQuery): SurveyOutcome {
  const { walks } = memory.fleet;
  const known = cursor === null ? undefined : walks.from(cursor);
  const here = cursor !== null && known ? cursor : walks.begin(memory.users.keys());
  const walk = known ?? walks.from(here)!;
  const users: SurveyedUser[] = [];
  let sessions = 0;
  for (let looked = 0; looked < mostUsers && sessions < mostSessions; looked += 1) {
    const { done, value } = walk.next();
    if (done) {
      walks.end(here);
      return { restarted: isLost(cursor, known), users, next: null };
    }
    const met = look(memory, value, at);
    if (met) users.push(met);
    sessions += met?.sessions.length ?? 0;
  }
  return { restarted: isLost(cursor, known), users, next: walks.next(here) };
}

function isLost(cursor: string | null, known: unknown): boolean {
  return cursor !== null && known === undefined;
}

function look(memory: Memory, user: UserKey, at: number): SurveyedUser | undefined {
  const live = [...(memory.users.get(user)?.sessions ?? [])].flatMap((id) => {
    const record = memory.find(id)?.record;
    return record && isLive(record, at) ? [record] : [];
  });
  if (live.length === 0) return undefined;
  const counted = live.filter(({ profile }) => profile.impersonator === null);
  const deviceTypes: Partial<Record<DeviceType, number>> = {};
  for (const { profile } of counted) deviceTypes[profile.device.type] = (deviceTypes[profile.device.type] ?? 0) + 1;
  return { user, deviceTypes, sessions: counted.map(({ id }) => id) };
}
