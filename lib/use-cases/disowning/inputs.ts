import type { Client } from '../../domain/client';
import type { Duration } from '../../domain/duration';
import type { ActorOption } from '../inputs';

/** For how long a link can be used, and who had it made. */
export interface IssueDisowningOptions extends ActorOption {
  /** From a minute to 30 days, which is as long as an ended session is remembered; `7d` unless given. */
  readonly expiresIn?: Duration | undefined;
}

/** Who follows a link. */
export interface DisownOptions {
  /** Whose address the history tells. */
  readonly client?: Client | undefined;
}
