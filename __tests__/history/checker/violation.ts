import type { Operation } from '../history';

export type ViolationKind =
  /** A session, or a token of it, was accepted after its end was acknowledged. */
  | 'accepted-after-revocation'
  /** The same from a process with a near cache, later than the cache's bound. */
  | 'stale-beyond-bound'
  /** One refresh token was exchanged for two different pairs. */
  | 'two-successors'
  /** More sessions of a user lived at one instant than the limit allows. */
  | 'limit-exceeded'
  /** A family was ended as stolen although nobody replayed a token. */
  | 'false-reuse'
  /** A live session was refused, or a sign-in that nothing stood against. */
  | 'wrong-refusal'
  /** An answer that no operation of this kind may get, such as 500. */
  | 'unexpected-answer';

export interface Violation {
  readonly kind: ViolationKind;
  readonly user: string;
  readonly sessions: readonly string[];
  /** What shows it, in order. */
  readonly operations: readonly Operation[];
  /** One sentence. */
  readonly what: string;
}
