import type { Operation } from '../history';
import type { UserLife } from './user-life';
import type { Violation } from './violation';

const tokenRefused = ['token_invalid', 'token_expired', 'session_expired', 'session_revoked'];

/** The codes with which each kind of operation may be refused. 503 is no refusal. */
const expected: Readonly<Record<Operation['kind'], readonly string[]>> = {
  'sign-in': ['stale_sign_in', 'session_limit_reached'],
  verify: tokenRefused,
  refresh: tokenRefused,
  revoke: [...tokenRefused, 'not_found'],
  'revoke-all': tokenRefused,
};

export function unexpectedAnswers(life: UserLife): Violation[] {
  return life.operations.flatMap((by) => {
    if (by.outcome.status !== 'refused' || expected[by.kind].includes(by.outcome.code)) return [];
    const { http, code } = by.outcome;
    const what = `app ${by.app} answered a ${by.kind} with ${http} ${code}`;
    return [{ kind: 'unexpected-answer' as const, user: life.user, sessions: [], operations: [by], what }];
  });
}
