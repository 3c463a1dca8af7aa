import { createHash } from 'node:crypto';
import type { Write } from '../../store/commands';
import type { FleetEnding, SurveyedUser } from '../../store/fleet';
import type { SessionStore } from '../../store/session-store';
import { attemptBytes } from '../../domain/secret';
import type { UserKey } from '../../domain/session-id';
import { auditEntry, type AuditRules } from '../audit';
import type { Timekeeper } from '../timekeeper';

/** So many sessions of a user end in one step of the store's, which serves nobody else meanwhile. */
export const mostInOneStep = 250;
const usersAtOnce = 8;

/**
 * Users who are dealt with at once: so few that together they have no more sessions than end in one step, and who has more is dealt
 * with alone.
 */
export function inBatches(users: readonly SurveyedUser[]): UserKey[][] {
  const batches: UserKey[][] = [];
  let room = 0;
  for (const { user, sessions } of users) {
    const last = batches.at(-1);
    room -= sessions.length;
    if (last && room >= 0 && last.length < usersAtOnce) last.push(user);
    else {
      batches.push([user]);
      room = mostInOneStep - sessions.length;
    }
  }
  return batches;
}

interface Parts {
  readonly settings: AuditRules;
  readonly store: SessionStore;
  readonly time: Timekeeper;
}

/** Ends sessions of the users who are pending, and says what that comes to. Done twice, it comes to the same. */
export async function endPending({ settings, store, time }: Parts, ending: FleetEnding): Promise<FleetEnding> {
  const { pending } = ending;
  const write = await time.stamp();
  const outcomes = await Promise.all(
    pending.users.map((user) => store.revokeAll(commandFor(settings, ending, user, write))),
  );
  const ended = outcomes.filter(({ count }) => count > 0);
  const rest = pending.users.filter((_, index) => outcomes[index]!.remaining);
  return {
    ...ending,
    endedSessions: ended.reduce((sum, { count }) => sum + count, ending.endedSessions),
    endedUsers: ending.endedUsers + (pending.again ? 0 : ended.length),
    durable: ending.durable && outcomes.every(({ durable }) => durable),
    pending: { batch: pending.batch + 1, users: rest, again: true },
  };
}

function commandFor(
  rules: AuditRules,
  { id, floor, reason, actor, pending }: FleetEnding,
  user: UserKey,
  { at, notAfter }: Pick<Write, 'at' | 'notAfter'>,
) {
  const digest = createHash('sha256').update(`${id} ${pending.batch} ${user}`).digest();
  const audit = auditEntry(rules, at, 'sessions_revoked', { actor, sessionId: null, reason });
  return {
    attempt: digest.subarray(0, attemptBytes),
    at,
    notAfter,
    user,
    epoch: floor,
    untrustedOnly: false,
    most: mostInOneStep,
    except: null,
    exceptDigest: null,
    rekey: null,
    ending: { at, reason, actor, replacedBy: null },
    audit: { ...audit, id: digest.toString('base64url', attemptBytes, 2 * attemptBytes) },
  };
}
