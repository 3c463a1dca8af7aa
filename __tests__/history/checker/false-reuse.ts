import type { Refresh } from '../history';
import { grouped } from './grouped';
import { type Pairs, pairsOf, successorsOf } from './pairs';
import { possibleUntil } from './possibility';
import { shownToken } from './shown-token';
import type { UserLife } from './user-life';
import type { Violation } from './violation';

/** A family that was ended as stolen, although every token was presented within the rules. Nothing excuses it. */
export function falseReuse(life: UserLife): Violation[] {
  const pairs = pairsOf(life);
  const accused = life.operations.filter(
    ({ outcome }) => outcome.status === 'refused' && outcome.reason === 'token_reuse',
  );
  const bySession = grouped(accused, (operation) => shownToken(operation)?.session);
  return [...bySession].flatMap(([session, [refused]]) => {
    const presented = life.refreshes.filter((refresh) => refresh.session === session);
    if (session === undefined || presented.some((refresh) => mayBeReplay(life, pairs, refresh))) return [];
    return [
      {
        kind: 'false-reuse' as const,
        user: life.user,
        sessions: [session],
        operations: [
          ...presented.filter(({ completedAt }) => completedAt <= refused!.completedAt).slice(-4),
          refused!,
        ],
        what: 'its family was ended as reuse, and nobody had presented a token outside the rules',
      },
    ];
  });
}

/**
 * Outside the rules is a token whose successor may have been shown longer than `grace` ago when it arrived, or whose
 * successor's successor may have been asked for.
 */
function mayBeReplay(life: UserLife, pairs: Pairs, presentation: Refresh): boolean {
  const arrived = possibleUntil(presentation);
  return successorsOf(pairs, presentation.refresh).some((successor) =>
    life.operations.some((use) => {
      const token = shownToken(use)?.token;
      if (token === successor.refresh) return use.invokedAt < arrived;
      return token === successor.access && use.invokedAt + life.terms.grace < arrived;
    }),
  );
}
