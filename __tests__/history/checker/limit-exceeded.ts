import type { Instant } from '../history';
import { acceptancesOf, stalenessOf } from './acceptances';
import { grouped } from './grouped';
import type { UserLife } from './user-life';
import type { Violation } from './violation';

/** From when until when a session was certainly alive. */
interface Span {
  readonly session: string;
  readonly from: Instant;
  readonly until: Instant;
}

/** Known to be alive at an instant between these. */
interface Sign {
  readonly session: string;
  readonly after: Instant;
  readonly before: Instant;
}

/** More sessions of a user certainly alive at one instant than the limit allows. */
export function limitExceeded(life: UserLife): Violation[] {
  const max = Math.max(...life.signIns.map(({ limit }) => limit?.max ?? Infinity));
  const alive = spansOf(life);
  for (const { from } of alive) {
    const sessions = alive.filter((span) => span.from <= from && span.until >= from).map(({ session }) => session);
    if (sessions.length <= max) continue;
    const operations = life.signIns.filter(
      ({ outcome }) => outcome.status === 'created' && sessions.includes(outcome.session),
    );
    const what = `${sessions.length} sessions were alive at ${from.toFixed(1)}, and ${max} are allowed`;
    return [{ kind: 'limit-exceeded', user: life.user, sessions, operations, what }];
  }
  return [];
}

/** What ended is never revived: alive at two instants is alive between them, unless Redis forgot something meanwhile. */
function spansOf(life: UserLife): Span[] {
  const bySession = grouped(signsOf(life), ({ session }) => session);
  return stretchesOf(life).flatMap(([begin, end]) =>
    [...bySession].flatMap(([session, signs]) => {
      const within = signs.filter(({ after, before }) => after >= begin && before <= end);
      const from = Math.min(...within.map(({ before }) => before));
      const until = Math.max(...within.map(({ after }) => after));
      return from <= until ? [{ session, from, until }] : [];
    }),
  );
}

function signsOf(life: UserLife): Sign[] {
  const created = life.signIns.flatMap(({ outcome, invokedAt, completedAt }) =>
    outcome.status === 'created' ? [{ session: outcome.session, after: invokedAt, before: completedAt }] : [],
  );
  const accepted = acceptancesOf(life).map(({ session, by }) => ({
    session,
    after: by.invokedAt - stalenessOf(by, life.terms),
    before: by.completedAt,
  }));
  return [...created, ...accepted];
}

/** The times between the faults in which Redis may have lost something. */
function stretchesOf({ faults }: UserLife): [Instant, Instant][] {
  const losses = faults.filter(({ loses }) => loses).toSorted((one, other) => one.from - other.from);
  const stretches: [Instant, Instant][] = [];
  let begin = -Infinity;
  for (const { from, until } of losses) {
    stretches.push([begin, from]);
    begin = Math.max(begin, until);
  }
  return [...stretches, [begin, Infinity]];
}
