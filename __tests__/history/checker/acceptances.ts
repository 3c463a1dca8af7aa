import type { Operation, Refresh, Terms, Verify } from '../history';
import type { UserLife } from './user-life';

/** An answer that took a token for good. */
export interface Acceptance {
  readonly by: Verify | Refresh;
  readonly session: string;
  readonly token: string;
}

export function acceptancesOf(life: UserLife): Acceptance[] {
  const verified = life.verifies.filter(({ outcome }) => outcome.status === 'active');
  const renewed = life.refreshes.filter(({ outcome }) => outcome.status === 'renewed');
  return [
    ...verified.map((by) => ({ by, session: by.session, token: by.access })),
    ...renewed.map((by) => ({ by, session: by.session, token: by.refresh })),
  ];
}

/** By how many milliseconds an answer may be older than its question. */
export function stalenessOf(by: Operation, terms: Terms): number {
  return by.kind === 'verify' && !by.fresh ? (terms.maxStale[by.app] ?? 0) : 0;
}
