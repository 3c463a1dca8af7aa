import type { Fault, History, Operation, Refresh, Revoke, RevokeAll, SignIn, Terms, Verify } from '../history';
import { grouped } from './grouped';

/** What was seen of one user. Sessions of different users have nothing to do with each other. */
export interface UserLife {
  readonly user: string;
  readonly terms: Terms;
  readonly faults: readonly Fault[];
  /** By `invokedAt`, as are the others. */
  readonly operations: readonly Operation[];
  readonly signIns: readonly SignIn[];
  readonly verifies: readonly Verify[];
  readonly refreshes: readonly Refresh[];
  readonly revokes: readonly Revoke[];
  readonly revokeAlls: readonly RevokeAll[];
}

export function livesIn({ terms, faults, operations }: History): UserLife[] {
  const byUser = grouped(operations, ({ user }) => user);
  return [...byUser].map(([user, own]) => {
    const of = <Kind extends Operation['kind']>(kind: Kind): Extract<Operation, { kind: Kind }>[] =>
      own.filter((operation): operation is Extract<Operation, { kind: Kind }> => operation.kind === kind);
    return {
      user,
      terms,
      faults,
      operations: own,
      signIns: of('sign-in'),
      verifies: of('verify'),
      refreshes: of('refresh'),
      revokes: of('revoke'),
      revokeAlls: of('revoke-all'),
    };
  });
}
