/** One call of the administrators' API, as apps see it. Never a token, a secret, or anything else that was sent but ids. */
export interface AccessLogEntry {
  /** Eight random bytes in base64url. */
  readonly id: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** The API secret's id, or that of the actor whom the app named; null: nobody who could be told. */
  readonly actor: string | null;
  /** What was called, by its operation id, such as `endUserSessions`; null: nothing that there is. */
  readonly operation: string | null;
  /** The HTTP status of the answer. */
  readonly status: number;
  /** The code of the refusal; null where it was none. */
  readonly code: string | null;
  /** Whose data it was about. */
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly ip: string | null;
}
