import type { Operation, RevokeAll } from '../history';
import type { IssuedPair } from './pairs';
import { mayHaveHappened, possibleUntil } from './possibility';
import type { UserLife } from './user-life';

/** An acknowledged end of sessions, or of tokens: from its completion on none of them may be accepted. */
export interface Ending {
  readonly by: Operation;
  /** false: a failover may bring them back. */
  readonly durable: boolean;
  covers(pair: IssuedPair): boolean;
}

export function endingsOf(life: UserLife): Ending[] {
  return [...ofRevokes(life), ...ofRevokeAlls(life), ...ofEvictions(life)];
}

function ofRevokes({ revokes, terms }: UserLife): Ending[] {
  return revokes.flatMap((by) =>
    by.outcome.status === 'ended'
      ? [{ by, durable: by.outcome.durable && terms.durability, covers: ({ session }) => session === by.session }]
      : [],
  );
}

function ofRevokeAlls(life: UserLife): Ending[] {
  return life.revokeAlls.flatMap((by) => {
    if (by.outcome.status !== 'ended') return [];
    const { durable, kept } = by.outcome;
    const isKept = (session: string): boolean => (by.rekeys ? session === kept?.session : session === by.keeps);
    const covers = (pair: IssuedPair): boolean =>
      // The tokens of the session that was given new ones die too.
      isKept(pair.session) ? by.rekeys && pair.issuedAt < by.invokedAt : beganBefore(life, pair.session, by);
    return [{ by, durable: durable && life.terms.durability, covers }];
  });
}

/** A sign-in says nothing of replicas. */
function ofEvictions({ signIns }: UserLife): Ending[] {
  return signIns.flatMap((by) => {
    if (by.outcome.status !== 'created') return [];
    const evicted = new Set(by.outcome.evicted);
    return [{ by, durable: false, covers: ({ session }) => evicted.has(session) }];
  });
}

/** The epoch's rule: it ends what began before it, and what another one keeps begins anew at that one's epoch. */
function beganBefore(life: UserLife, session: string, by: RevokeAll): boolean {
  const signIn = life.signIns.find(({ outcome }) => outcome.status === 'created' && outcome.session === session);
  const isRestamped = life.revokeAlls.some(
    (other) =>
      other !== by &&
      other.keeps === session &&
      mayHaveHappened(other) &&
      other.invokedAt < by.completedAt &&
      possibleUntil(other) > by.invokedAt,
  );
  return signIn !== undefined && signIn.begunAt < by.invokedAt && !isRestamped;
}
