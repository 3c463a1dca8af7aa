import type { SessionId, UserKey } from '../domain/session-id';
import type { SessionRecord } from '../domain/session-record';
import type { CounterId, OneTimeId } from '../domain/slotted-id';
import type {
  Amend,
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
import type { Count, Counter, CountOutcome, Reset, ResetOutcome } from './counters';
import type { AccessLogOutcome, AccessLogQuery, LogAccess } from './access-log';
import type { Create, SetLimit, Trim } from './creation';
import type { Disown, DisownOutcome } from './disown';
import type { Erase, EraseOutcome, Letters } from './erasure';
import type {
  FleetEnding,
  RaiseFloor,
  RaiseFloorOutcome,
  SaveFleetEnding,
  SaveFleetEndingOutcome,
  SurveyOutcome,
  SurveyQuery,
  TallySignIns,
} from './fleet';
import type { Note } from './note';
import type { Feed, Outbox } from './outbox';
import type { ConsumeOneTime, ConsumeOneTimeOutcome, OneTime, PutOneTime } from './one-times';
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
  TrimOutcome,
} from './outcomes';
import type { SessionWatcher, StopWatching } from './watching';

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

  /** Adds a session, unless the sign-in is older than the user’s epoch or the limits forbid it; ends those it replaces or evicts. */
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
  /** Ends a sign-in that its user disowns, with all since, and asks a fresh login of the rest. */
  disown(command: Disown): Promise<DisownOutcome>;
  /** Ends a user’s sessions as far as they exceed the limits. */
  trim(command: Trim): Promise<TrimOutcome>;
  /** Sets or removes a user’s own limit. */
  setLimit(command: SetLimit): Promise<void>;
  /** A user’s own limit; null where none was set. */
  findLimit(user: UserKey): Promise<number | null>;
  /** Keeps a one-time token. */
  putOneTime(command: PutOneTime): Promise<void>;
  /** Takes one use of a one-time token. */
  consumeOneTime(command: ConsumeOneTime): Promise<ConsumeOneTimeOutcome>;
  /** A one-time token; it may be spent, or have expired. */
  findOneTime(id: OneTimeId): Promise<OneTime | undefined>;
  /** All one-time tokens of a user that are still kept, those that expire first first. */
  listOneTimes(user: UserKey): Promise<readonly OneTime[]>;
  /** Counts an event, unless its budget is used up for now. */
  count(command: Count): Promise<CountOutcome>;
  /** Forgets counters. */
  reset(command: Reset): Promise<ResetOutcome>;
  /**
   * Counters as they were last written; those that never counted stand at 0. All share their first three characters. What the
   * next `count` would begin anew, since a window has passed or the leader was reset, still shows its old count, and a hold that
   * is over its end.
   */
  findCounters(ids: readonly CounterId[]): Promise<readonly Counter[]>;
  /** A page of a user’s sessions. */
  list(query: ListQuery): Promise<ListOutcome>;
  /**
   * A page of a user’s audit entries, newest first. Kept are the newest 200; beyond them the newest 50 that tell who the user is, which are
   * `session_created` without the reason `step_up`, `step_up_confirmed` and `sign_in_disowned`; the newest `token_reused`. Of
   * `sign_in_refused` 20 are kept at all, and as many of `session_created` with that reason.
   */
  history(query: HistoryQuery): Promise<HistoryOutcome>;

  /** Writes an entry into a user’s history that no change goes with. */
  note(command: Note): Promise<void>;
  /** Forgets all that is kept of a user. */
  erase(command: Erase): Promise<EraseOutcome>;
  /** What of a user's waits in the outbox, and among dead letters. Reads only. */
  listLetters(user: UserKey): Promise<Letters>;
  /** Entries on their way to sinks. */
  readonly outbox: Outbox;
  /** The feed across users that a sink may write. */
  readonly feed: Feed;

  /** Appends to the log of the administrators' API. */
  logAccess(command: LogAccess): Promise<void>;
  /** A page of that log, newest first. */
  accessLog(query: AccessLogQuery): Promise<AccessLogOutcome>;

  /** One step of a walk through all users with live sessions. */
  survey(query: SurveyQuery): Promise<SurveyOutcome>;
  /** Raises what all users' sessions must have begun after. Safe to repeat by nature. */
  raiseFloor(command: RaiseFloor): Promise<RaiseFloorOutcome>;
  /** The last ending of everybody's sessions; undefined where there was none. */
  findFleetEnding(): Promise<FleetEnding | undefined>;
  /** Keeps where an ending of everybody's sessions has come to, under a compared version. */
  saveFleetEnding(command: SaveFleetEnding): Promise<SaveFleetEndingOutcome>;
  /** Adds to the count of an hour's sign-ins; one that is sent again may count twice. */
  tallySignIns(command: TallySignIns): Promise<void>;
  /** The counts of these hours, each named by the instant at which it begins; 0 where nothing is known. */
  findSignIns(hours: readonly number[]): Promise<readonly number[]>;

  /**
   * Tells of every change to a session from the moment it says `armed` until it says `lost`: before the write that makes the change
   * resolves, where this instance makes it, and as soon as it hears of it, where another does. Before it can tell, it does
   * not say `armed`.
   */
  watch(watcher: SessionWatcher): StopWatching;

  /** Resolves when the store answers. */
  ping(): Promise<void>;
  /** Releases what the store opened itself; never a client that was handed to it. */
  close(): Promise<void>;
}
