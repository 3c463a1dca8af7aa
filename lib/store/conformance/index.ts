export { storeConformance } from './store-conformance';
export type { ConformanceRunner, ConformanceSubject, OpenedStore } from './runner';
export type { SessionStore } from '../session-store';
export type {
  Amend,
  Create,
  HistoryQuery,
  ListPosition,
  ListQuery,
  NewKeys,
  Rekey,
  Repeat,
  Replaced,
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
  ListOutcome,
  Missing,
  RekeyOutcome,
  RepeatOutcome,
  RetireOutcome,
  RevokeAllOutcome,
  RevokeOutcome,
  RotateOutcome,
  TouchOutcome,
} from '../outcomes';
export type {
  Credentials,
  Ending,
  ParentCredentials,
  Profile,
  SessionRecord,
  Windows,
} from '../../domain/session-record';
export type { AuditEntry } from '../../domain/audit-entry';
export type { Digest } from '../../domain/secret';
export type { SessionId, UserKey } from '../../domain/session-id';
