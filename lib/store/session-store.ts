import type { SessionId } from '../domain/session-id';
import type { SessionRecord } from '../domain/session-record';
import type {
  Amend,
  Create,
  HistoryQuery,
  ListQuery,
  Rekey,
  Repeat,
  Retire,
  Revoke,
  RevokeAll,
  Rotate,
  Touch,
} from './commands';
import type {
  AmendOutcome,
  CreateOutcome,
  HistoryOutcome,
  ListOutcome,
  RekeyOutcome,
  RepeatOutcome,
  RetireOutcome,
  RevokeAllOutcome,
  RevokeOutcome,
  RotateOutcome,
  TouchOutcome,
} from './outcomes';

/**
 * Where sessions live. Each verb is one atomic operation; none is built from a read and a write. Stores decide nothing:
 * they compare, swap and report, and `policies/` judges. Expected outcomes are values; a store that cannot answer within its
 * deadline throws `SessionError` `store_unavailable`. What a store hands out may be what it holds, frozen: nobody writes to it,
 * nor to the Buffers in it, which cannot be frozen.
 *
 * `sessionkeeper/store-conformance` is the suite that every implementation passes.
 */
export interface SessionStore {
  /** How long one operation may take, in milliseconds; then it throws, and writes that arrive later do nothing. */
  readonly deadlineMilliseconds: number;

  /** Milliseconds on the clock that all processes using this store share. A promise only until it is first known. */
  now(): number | Promise<number>;
  /** By how much `now()` may be off, in milliseconds. */
  clockErrorMilliseconds(): number;

  /** Adds a session, unless the sign-in is older than the user’s epoch; ends those it replaces. */
  create(command: Create): Promise<CreateOutcome>;
  /** The record under this id, live, expired or ended. */
  find(id: SessionId): Promise<SessionRecord | undefined>;
  /** Swaps the pair of tokens where the presented one is current. */
  rotate(command: Rotate): Promise<RotateOutcome>;
  /** Counts the parent being presented again. */
  repeat(command: Repeat): Promise<RepeatOutcome>;
  /** Safe to repeat by nature: carries no attempt. */
  touch(command: Touch): Promise<TouchOutcome>;
  /** Gives a session a new family of tokens. */
  rekey(command: Rekey): Promise<RekeyOutcome>;
  /** Replaces what a session shows, under a compared version. */
  amend(command: Amend): Promise<AmendOutcome>;
  /** Ends one token and not its session. */
  retire(command: Retire): Promise<RetireOutcome>;
  /** Ends one session. */
  revoke(command: Revoke): Promise<RevokeOutcome>;
  /** Ends a user’s sessions, raises the epoch, and may re-key the one kept. */
  revokeAll(command: RevokeAll): Promise<RevokeAllOutcome>;
  /** A page of a user’s sessions. */
  list(query: ListQuery): Promise<ListOutcome>;
  /** A page of a user’s audit entries, newest first. */
  history(query: HistoryQuery): Promise<HistoryOutcome>;

  /** Resolves when the store answers. */
  ping(): Promise<void>;
  /** Releases what the store opened itself; never a client that was handed to it. */
  close(): Promise<void>;
}
