import type { SessionId } from './session-id';

/** Who uses a session in its user's place (RFC 8693 section 4.1, `act`). */
export interface Impersonator {
  /** The administrator, as the app or the API secret names them. */
  readonly id: string;
  /** The administrator's own session, with which this one ends; null where they have none. */
  readonly sessionId: SessionId | null;
  /** Why, in words: 1 to 256 bytes. */
  readonly reason: string;
}
