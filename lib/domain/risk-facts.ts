import type { RiskOccasion } from './risk';
import type { Sighting } from './sighting';

/** All that a judgement goes by. Plain data: who gathers it asks the store, who judges asks nobody. */
export interface RiskFacts {
  readonly occasion: RiskOccasion;
  readonly userId: string;
  /** The caller, as seen now. */
  readonly now: Sighting;
  /** The session as it was last seen; null at a sign-in. */
  readonly before: Sighting | null;
  /** The user's earlier sign-ins, latest first, at most two hundred and fifty. */
  readonly signIns: readonly Sighting[];
  /** The user's other live sessions, each as it was last seen. */
  readonly others: readonly Sighting[];
  /** Failed logins of the account since its last success, before this one. */
  readonly failures: number;
  /** Milliseconds: when a spent token of this user was last presented; null: not within the history. */
  readonly tokenReusedAt: number | null;
  /** The renewal came with a spent token, in its grace. */
  readonly replay: { readonly late: boolean; readonly otherNetwork: boolean } | null;
  /** What the app's own detector says of the address: a VPN, Tor, a proxy. */
  readonly isAnonymous: boolean;
}
