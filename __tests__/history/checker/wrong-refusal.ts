import type { Operation, Refused } from '../history';
import { type IssuedPair, type Pairs, pairsOf, successorsOf } from './pairs';
import { mayHaveHappened, mayHaveLost, possibleUntil } from './possibility';
import { type ShownToken, shownToken } from './shown-token';
import type { UserLife } from './user-life';
import type { Violation } from './violation';

// By how much the clocks of processes and servers may be taken to differ, with much to spare.
const clockError = 1_000;

/** A refusal. */
interface Denial {
  readonly life: UserLife;
  readonly pairs: Pairs;
  readonly by: Operation;
  readonly shown: ShownToken;
  readonly pair: IssuedPair;
}

/** A token refused that nothing had ended, that nothing may have ended, and that Redis cannot have lost. */
export function wrongRefusals(life: UserLife): Violation[] {
  const pairs = pairsOf(life);
  return life.operations.flatMap((by) => {
    const shown = shownToken(by);
    const pair = shown && pairs.get(shown.token);
    if (!pair || by.outcome.status !== 'refused' || by.outcome.http !== 401) return [];
    if (isExplained({ life, pairs, by, shown, pair }, by.outcome)) return [];
    const { code, reason } = by.outcome;
    return [
      {
        kind: 'wrong-refusal' as const,
        user: life.user,
        sessions: [shown.session],
        operations: [pair.by, by],
        what: `app ${by.app} refused its ${shown.kind} token: ${code}${reason === null ? '' : ` (${reason})`}`,
      },
    ];
  });
}

function isExplained(denial: Denial, { code, reason }: Refused): boolean {
  switch (code) {
    case 'session_revoked':
      return reason !== null && isReasonExplained(denial, reason);
    case 'token_expired':
      return isPastLifetime(denial) || isOutdated(denial);
    case 'token_invalid':
      return isForgotten(denial) || mayBeEvicted(denial) || mayBeEnded(denial) || isOutdated(denial);
    default:
      // `session_expired` above all: no session of a run grows old enough.
      return false;
  }
}

function isReasonExplained(denial: Denial, reason: string): boolean {
  switch (reason) {
    case 'token_reuse':
      // Whether somebody replayed is judged by itself.
      return true;
    case 'store_rolled_back':
      return isForgotten(denial);
    case 'evicted':
      return mayBeEvicted(denial);
    default:
      return mayBeEnded(denial);
  }
}

function isForgotten({ life, pair, by }: Denial): boolean {
  return mayHaveLost(life.faults, pair.by.invokedAt, by.completedAt);
}

/** Where more sign-ins may have succeeded than there is room. */
function mayBeEvicted({ life, by }: Denial): boolean {
  const before = life.signIns.filter((signIn) => mayHaveHappened(signIn) && signIn.invokedAt < by.completedAt);
  return before.some(({ limit }) => limit?.evicts === true && before.length > limit.max);
}

function mayBeEnded({ life, by, pair }: Denial): boolean {
  const isBefore = (ending: Operation): boolean => mayHaveHappened(ending) && ending.invokedAt < by.completedAt;
  const signIn = life.signIns.find(
    ({ outcome }) => outcome.status === 'created' && outcome.session === pair.session,
  );
  return (
    life.revokes.some((revoke) => revoke.session === pair.session && isBefore(revoke)) ||
    life.revokeAlls.some(
      (ending) =>
        isBefore(ending) &&
        (ending.keeps !== pair.session || ending.rekeys) &&
        // One that was over when the session began left it alone.
        possibleUntil(ending) + clockError > (signIn?.invokedAt ?? -Infinity),
    )
  );
}

/** Replaced longer than `grace` ago, or twice. A refresh token is never unknown for that. */
function isOutdated({ life, pairs, by, shown, pair }: Denial): boolean {
  if (shown.kind === 'refresh') return false;
  const isAsked = (refresh: string, age: number): boolean =>
    life.refreshes.some((one) => one.refresh === refresh && one.invokedAt + age < by.completedAt);
  const { grace } = life.terms;
  return (
    isAsked(pair.refresh, grace - clockError) ||
    successorsOf(pairs, pair.refresh).some((successor) => isAsked(successor.refresh, 0))
  );
}

function isPastLifetime({ life, by, shown, pair }: Denial): boolean {
  return shown.kind === 'access' && by.completedAt - pair.by.invokedAt > life.terms.access - clockError;
}
