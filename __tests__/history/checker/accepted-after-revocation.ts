import type { Operation } from '../history';
import { type Acceptance, acceptancesOf, stalenessOf } from './acceptances';
import { type Ending, endingsOf } from './endings';
import { grouped } from './grouped';
import { pairsOf } from './pairs';
import { mayHaveLost } from './possibility';
import type { UserLife } from './user-life';
import type { Violation } from './violation';

/** An acceptance by a near cache that had not heard yet, within its bound. */
export interface StaleRead {
  /** Milliseconds from the acknowledgement to the question. */
  readonly late: number;
  /** No fault was about. */
  readonly isCalm: boolean;
}

/** A session or a token accepted by a question that was asked after its end had been acknowledged. */
export function acceptedAfterRevocation(life: UserLife): Violation[] {
  const broken = lateAcceptances(life).filter((late) => late.by > late.bound && !isExcused(life, late));
  // The first of each session: what follows tells nothing new.
  const bySession = grouped(broken, ({ acceptance }) => acceptance.session);
  return [...bySession.values()].map(([late]) => reported(life, late!));
}

export function staleReads(life: UserLife): StaleRead[] {
  return lateAcceptances(life)
    .filter(({ by, bound }) => by <= bound)
    .map(({ by, ending, acceptance }) => {
      const [from, until] = [ending.by.invokedAt, acceptance.by.completedAt];
      return { late: by, isCalm: !life.faults.some((fault) => fault.from < until && fault.until > from) };
    });
}

interface LateAcceptance {
  readonly ending: Ending;
  readonly acceptance: Acceptance;
  /** Milliseconds. */
  readonly by: number;
  readonly bound: number;
}

function lateAcceptances(life: UserLife): LateAcceptance[] {
  const pairs = pairsOf(life);
  const acceptances = acceptancesOf(life).toSorted((one, other) => one.by.invokedAt - other.by.invokedAt);
  const endings = endingsOf(life);
  return acceptances.flatMap((acceptance) => {
    const pair = pairs.get(acceptance.token);
    if (!pair) return [];
    return endings
      .filter((ending) => acceptance.by.invokedAt > ending.by.completedAt && ending.covers(pair))
      .map((ending) => {
        const by = acceptance.by.invokedAt - ending.by.completedAt;
        return { ending, acceptance, by, bound: boundOf(life, ending.by, acceptance.by) };
      });
  });
}

/** The process that revoked has dropped its own entry before it answered. */
function boundOf({ terms }: UserLife, ending: Operation, accepted: Operation): number {
  return accepted.app === ending.app ? 0 : stalenessOf(accepted, terms);
}

function isExcused({ faults }: UserLife, { ending, acceptance }: LateAcceptance): boolean {
  return !ending.durable && mayHaveLost(faults, ending.by.invokedAt, acceptance.by.completedAt);
}

function reported(life: UserLife, { ending, acceptance, by }: LateAcceptance): Violation {
  const isCached = acceptance.by.kind === 'verify' && life.terms.maxStale[acceptance.by.app] != null;
  const durable = ending.durable ? ' as durable' : '';
  return {
    kind: isCached ? 'stale-beyond-bound' : 'accepted-after-revocation',
    user: life.user,
    sessions: [acceptance.session],
    operations: [ending.by, acceptance.by],
    what: `app ${acceptance.by.app} accepted it ${by.toFixed(1)} ms after its end was acknowledged${durable} by app ${ending.by.app}`,
  };
}
