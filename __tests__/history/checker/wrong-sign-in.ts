import type { SignIn } from '../history';
import { mayHaveHappened, possibleUntil } from './possibility';
import type { UserLife } from './user-life';
import type { Violation } from './violation';

// A sign-in that begins on one node within milliseconds of a revoke-all on another may be refused once.
const clockError = 1_000;

/** A sign-in refused as stale, or for a limit, where no revocation and no other sign-ins can be the reason. */
export function wrongSignIns(life: UserLife): Violation[] {
  return life.signIns.flatMap((signIn) => {
    if (signIn.outcome.status !== 'refused' || isExplained(life, signIn, signIn.outcome.code)) return [];
    const { code } = signIn.outcome;
    return [
      {
        kind: 'wrong-refusal' as const,
        user: life.user,
        sessions: [],
        operations: [signIn],
        what: `app ${signIn.app} refused a sign-in: ${code}`,
      },
    ];
  });
}

function isExplained({ revokeAlls, signIns }: UserLife, signIn: SignIn, code: string): boolean {
  switch (code) {
    case 'stale_sign_in':
      return revokeAlls.some(
        (one) =>
          mayHaveHappened(one) &&
          one.invokedAt < signIn.completedAt &&
          possibleUntil(one) + clockError > signIn.invokedAt,
      );
    case 'session_limit_reached': {
      const others = signIns.filter(
        (one) => one !== signIn && mayHaveHappened(one) && one.invokedAt < signIn.completedAt,
      );
      return signIn.limit !== null && !signIn.limit.evicts && others.length >= signIn.limit.max;
    }
    default:
      // Any other code is no answer to a sign-in, which is told elsewhere.
      return true;
  }
}
