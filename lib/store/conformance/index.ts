export { storeConformance } from './store-conformance';
export type { ConformanceRunner, ConformanceSubject, OpenedStore } from './runner';
export type { SessionStore } from '../session-store';
export type { SessionWatcher, StopWatching } from '../watching';
export type {
  Amend,
  HistoryPosition,
  HistoryQuery,
  ListPosition,
  ListQuery,
  NewKeys,
  Rekey,
  Repeat,
  Retire,
  Revoke,
  RevokeAll,
  Rotate,
  Touch,
  Write,
} from '../commands';
export type {
  AmendOutcome,
  CreateOutcome,
  HistoryOutcome,
  LimitReached,
  ListOutcome,
  Missing,
  Outdated,
  RekeyOutcome,
  RepeatOutcome,
  RetireOutcome,
  RevokeAllOutcome,
  RevokeOutcome,
  RotateOutcome,
  TouchOutcome,
  TrimOutcome,
} from '../outcomes';
export type {
  Credentials,
  Ending,
  ParentCredentials,
  Profile,
  SessionRecord,
  SessionRisk,
  Windows,
} from '../../domain/session-record';
export type { Create, Eviction, Farewell, Replaced, Resumption, SetLimit, Trim } from '../creation';
export type { Disown, DisownOutcome } from '../disown';
export type { Erase, EraseOutcome, Letters } from '../erasure';
export type {
  ClaimOutbox,
  ClaimOutboxOutcome,
  DeadLetter,
  Feed,
  FeedItem,
  Letter,
  Outbox,
  SettleOutbox,
  SettleOutboxOutcome,
} from '../outbox';
export type { Note } from '../note';
export type { AccessEntry, AccessLogOutcome, AccessLogQuery, LogAccess } from '../access-log';
export type { ConsumeOneTime, ConsumeOneTimeOutcome, OneTime, PutOneTime } from '../one-times';
export type { Budget, Count, Counter, CounterRule, CountOutcome, Reset, ResetOutcome } from '../counters';
export type {
  FleetEnding,
  RaiseFloor,
  RaiseFloorOutcome,
  SaveFleetEnding,
  SaveFleetEndingOutcome,
  SurveyedUser,
  SurveyOutcome,
  SurveyQuery,
  TallySignIns,
} from '../fleet';
export type { EvictionOrder, LimitKind, Limits, ReachedLimit } from '../../domain/limits';
export type { CounterId, OneTimeId } from '../../domain/slotted-id';
export type { Impersonator } from '../../domain/impersonator';
export type { AuditClient, AuditEntry } from '../../domain/audit-entry';
export type { Digest } from '../../domain/secret';
export type { SessionId, UserKey } from '../../domain/session-id';
