import { acceptancesOf, stalenessOf } from './acceptances';
import { type IssuedPair, pairsOf, successorsOf } from './pairs';
import { lossesBetween, mayHaveLost } from './possibility';
import type { UserLife } from './user-life';
import type { Violation } from './violation';

/**
 * One refresh token exchanged for two different pairs. Where Redis lost the first exchange and the token was exchanged again,
 * that is wrong only if the first pair was taken for good after the second had been handed out, and after whatever lost it was over:
 * until then a server that has been replaced and does not know it yet answers for itself.
 */
export function twoSuccessors(life: UserLife): Violation[] {
  const pairs = pairsOf(life);
  const presented = new Set(life.refreshes.map(({ refresh }) => refresh));
  return [...presented].flatMap((refresh) => {
    const [first, ...others] = successorsOf(pairs, refresh);
    const second = others.find(
      (other) =>
        !mayHaveLost(life.faults, first!.by.invokedAt, other.by.completedAt) || areBothLive(life, first!, other),
    );
    if (!first || !second) return [];
    return [
      {
        kind: 'two-successors' as const,
        user: life.user,
        sessions: [first.session],
        operations: [first.by, second.by],
        what: `refresh token ${refresh} brought ${first.refresh} at app ${first.by.app} and ${second.refresh} at app ${second.by.app}`,
      },
    ];
  });
}

/** Each was accepted when both had been handed out. */
function areBothLive(life: UserLife, one: IssuedPair, other: IssuedPair): boolean {
  const issued = Math.max(one.issuedAt, other.issuedAt);
  const since = Math.max(issued, ...lossesBetween(life.faults, one.by.invokedAt, issued).map(({ until }) => until));
  const acceptances = acceptancesOf(life);
  return [one, other].every(({ access, refresh }) =>
    acceptances.some(
      ({ token, by }) =>
        (token === access || token === refresh) && by.invokedAt - stalenessOf(by, life.terms) > since,
    ),
  );
}
