export { SessionManager } from './session-manager';
export { MemoryStore, type MemoryStoreOptions } from './stores/memory';
export { type IncidentListener, type RedisIncident, RedisStore, type RedisStoreOptions } from './stores/redis';

export { requireSession, type RequireSessionOptions } from './http/require-session';
export { forceLogoutOnPasswordChange, type ForceLogoutOptions } from './http/force-logout';
export { signIn, type SignInInput, type SignInOutcome } from './http/sign-in';
export { signOut, type SignOutOutcome } from './http/sign-out';
export { passwordChanged, type PasswordChangedInput, type PasswordChangedOutcome } from './http/password-changed';
export { rotateTokens, type RotateTokensOutcome } from './http/rotate-tokens';
export { authenticate, type AuthenticateOptions, type AuthenticateOutcome } from './http/authenticate';
export { findSession, getSession } from './http/request-session';
export { sessionRouter } from './http/session-router';
export { problemHandler } from './http/problem-handler';
export type { Transport } from './http/credentials';
export type { ErrorMiddleware, Middleware, Next } from './http/message';

export { duration, type Duration } from './domain/duration';
export { type ErrorCode, SessionError, type SessionErrorDetails } from './domain/error';
export type { Actor } from './domain/actor';
export type { AuditEvent } from './domain/audit-entry';
export type { Client, Device, DeviceType } from './domain/client';
export type { Clock } from './domain/clock';
export type { EndReason } from './domain/end-reason';
export type { HistoryEntry } from './domain/history-entry';
export type { Location, Page, SessionView, Tokens } from './domain/session-view';

export type { DeviceParser, ManagerOptions, ManagerSettings } from './options/manager-options';
export type { CookieOptions, CookieSettings } from './options/cookies';
export type { CsrfOptions, CsrfSettings } from './options/csrf';
export type { LifetimeOptions, LifetimeSettings } from './options/lifetimes';
export type { RotationOptions, RotationSettings } from './options/rotation';

export type { SessionEventName, SessionEvents, SessionListener } from './events/catalogue';
export type { SessionStore } from './store/session-store';

export type {
  CreateInput,
  HistoryOptions,
  ListOptions,
  OwnerOption,
  RefreshOptions,
  ReissueOptions,
  RevokeAllOptions,
  RevokeOptions,
  RevokeTokenOptions,
  SessionLifetimes,
  UpdateInput,
  VerifyOptions,
} from './use-cases/inputs';
export type {
  CreateOutcome,
  Expired,
  Health,
  Introspection,
  Invalid,
  NotFound,
  RefreshOutcome,
  ReissueOutcome,
  Renewal,
  RevokeAllOutcome,
  RevokeOutcome,
  Revoked,
  UpdateOutcome,
  VerifyOutcome,
} from './use-cases/outcomes';
