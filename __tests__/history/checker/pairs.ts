import type { Instant, Operation, Pair } from '../history';
import type { UserLife } from './user-life';

/** A pair of tokens, from the answer that first brought it. */
export interface IssuedPair extends Pair {
  readonly session: string;
  /** The refresh token it was exchanged for; null at sign-in and after a change of password. */
  readonly parent: string | null;
  readonly by: Operation;
  readonly issuedAt: Instant;
}

/** By both tokens. */
export type Pairs = ReadonlyMap<string, IssuedPair>;

export function pairsOf(life: UserLife): Pairs {
  const pairs = new Map<string, IssuedPair>();
  const issued = life.operations.flatMap(issuedBy);
  for (const pair of issued.toSorted((one, other) => one.issuedAt - other.issuedAt)) {
    if (pairs.has(pair.access)) continue;
    pairs.set(pair.access, pair);
    pairs.set(pair.refresh, pair);
  }
  return pairs;
}

/** The different pairs that one refresh token was exchanged for. */
export function successorsOf(pairs: Pairs, refresh: string): IssuedPair[] {
  return [...new Set(pairs.values())].filter(({ parent }) => parent === refresh);
}

function issuedBy(operation: Operation): IssuedPair[] {
  const by = { by: operation, issuedAt: operation.completedAt };
  if (operation.kind === 'sign-in' && operation.outcome.status === 'created') {
    const { session, pair } = operation.outcome;
    return [{ ...pair, ...by, session, parent: null }];
  }
  if (operation.kind === 'refresh' && operation.outcome.status === 'renewed') {
    return [{ ...operation.outcome.pair, ...by, session: operation.session, parent: operation.refresh }];
  }
  if (operation.kind === 'revoke-all' && operation.outcome.status === 'ended' && operation.outcome.kept) {
    const { session, pair } = operation.outcome.kept;
    return [{ ...pair, ...by, session, parent: null }];
  }
  return [];
}
