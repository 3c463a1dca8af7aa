import type { History } from '../history';
import { acceptedAfterRevocation, type StaleRead, staleReads } from './accepted-after-revocation';
import { falseReuse } from './false-reuse';
import { limitExceeded } from './limit-exceeded';
import { twoSuccessors } from './two-successors';
import { unexpectedAnswers } from './unexpected-answers';
import { livesIn, type UserLife } from './user-life';
import type { Violation } from './violation';
import { wrongRefusals } from './wrong-refusal';
import { wrongSignIns } from './wrong-sign-in';

export interface Findings {
  /** None is allowed. */
  readonly violations: readonly Violation[];
  /** Allowed, and worth knowing. */
  readonly staleReads: readonly StaleRead[];
}

/** Searches a history for what must never happen. Pure: what it finds depends on the history alone. */
export function checkHistory(history: History): Findings {
  const lives = livesIn(history);
  return { violations: lives.flatMap(violationsOf), staleReads: lives.flatMap(staleReads) };
}

// In this order: what comes later in it may be a consequence of what comes first.
const searches = [
  acceptedAfterRevocation,
  twoSuccessors,
  falseReuse,
  limitExceeded,
  wrongRefusals,
  wrongSignIns,
  unexpectedAnswers,
];

/** Each session is told of once, with its gravest violation: what became of it afterwards tells nothing new. */
function violationsOf(life: UserLife): Violation[] {
  const told = new Set<string>();
  return searches.flatMap((search) => {
    const found = search(life).filter(({ sessions }) => !sessions.some((session) => told.has(session)));
    for (const { sessions } of found) for (const session of sessions) told.add(session);
    return found;
  });
}
