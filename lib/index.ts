export { SessionManager } from './session-manager';
export { MemoryStore, type MemoryStoreOptions } from './stores/memory';
export {
  type DurabilityOptions,
  type IncidentListener,
  type RedisIncident,
  RedisStore,
  type RedisStoreOptions,
} from './stores/redis';

export { enforceSessionLimit } from './http/enforce-session-limit';
export { requireOneTimeToken, type RequireOneTimeTokenOptions } from './http/require-one-time-token';
export { redeemedToken, type RedeemedToken } from './http/redeemed-token';
export { resumeSignIn, type ResumeSignInInput, type ResumeSignInOutcome } from './http/resume-sign-in';
export { requireSession, type RequireSessionOptions } from './http/require-session';
export type { DeniedOptions, RefusalOptions } from './http/refusal';
export { requireRecentLogin, type RequireRecentLoginOptions } from './http/require-recent-login';
export { forceLogoutOnPasswordChange, type ForceLogoutOptions } from './http/force-logout';
export { loginGuard, type LoginGuardOptions, type LoginRequest } from './http/login-guard';
export { loginPassed, type LoginPassedOutcome } from './http/login-passed';
export type { SignedIn } from './http/finish-sign-in';
export type { Refused } from './http/taken-over';
export { signIn, type SignInInput, type SignInOutcome } from './http/sign-in';
export { signOut, type SignOutOutcome } from './http/sign-out';
export { impersonate, type ImpersonateInput, type ImpersonateOutcome } from './http/impersonate';
export { stopImpersonating, type StopImpersonatingOutcome } from './http/stop-impersonating';
export { passwordChanged, type PasswordChangedInput, type PasswordChangedOutcome } from './http/password-changed';
export { rotateTokens, type RotateTokensOutcome } from './http/rotate-tokens';
export { confirmLogin, type ConfirmLoginInput, type ConfirmLoginOutcome } from './http/confirm-login';
export { acceptClientHints } from './http/accept-client-hints';
export { authenticate, type AuthenticateOptions, type AuthenticateOutcome } from './http/authenticate';
export { findSession, getSession } from './http/request-session';
export { geoipLite, type GeoipLiteOptions } from './device/geo/geoip-lite';
export { maxmindDatabase, type MaxmindDatabaseOptions } from './device/geo/maxmind-database';
export type { DisownPageOptions } from './http/disowning/options';
export { sessionRouter, type SessionRouterOptions } from './http/session-router';
export { adminRouter, type AdminRouterOptions } from './http/admin/admin-router';
export type { AdminGuardOptions, Authorize } from './http/admin/guard/options';
export { problemHandler } from './http/problem-handler';
export { feedSink, type FeedSinkOptions } from './sinks/feed-sink';
export { type DeliverFunction, functionSink, type FunctionSinkOptions } from './sinks/function-sink';
export { type AuditLogger, type LogLevel, logSink, type LogSinkOptions } from './sinks/log-sink';
export { webhookSink, type WebhookSinkOptions } from './sinks/webhook/webhook-sink';
export type { Transport } from './http/credentials';
export type {
  AccessLogPageBody,
  AccountLockBody,
  ActivityPageBody,
  AmendSessionBody,
  AuditFeedPageBody,
  DeadLettersBody,
  DevicePageBody,
  DisownedSignInsBody,
  DisowningBody,
  DisownSignInBody,
  EndedSessionsBody,
  FleetCountsBody,
  FleetDryRunBody,
  HistoryPageBody,
  IntrospectionBody,
  IssueOneTimeTokenBody,
  LimitResolutionBody,
  OneFleetEndingBody,
  OneSessionBody,
  OneTimeTokenBody,
  ProblemBody,
  RedeliverBody,
  RedeliveredBody,
  RefreshTokensBody,
  RenameSessionBody,
  RenewedSessionBody,
  RequestTokenProofBody,
  SessionBody,
  SessionPageBody,
  SignedInBody,
  StartImpersonationBody,
  TokensBody,
  ValidationBody,
  UserExportBody,
} from './contract/bodies';
export type { ErrorMiddleware, Middleware, Next } from './http/message';

export { duration, type Duration } from './domain/duration';
export { type ErrorCode, SessionError, type SessionErrorDetails } from './domain/error';
export type { AccessLogEntry } from './domain/access-log-entry';
export type { Actor } from './domain/actor';
export type { AdminActor } from './domain/admin-actor';
export { type AdminScope, adminScopes } from './domain/admin-scope';
export type { AuditEvent, AuditOutcome } from './domain/audit-entry';
export type { AuditSink, DeliveryFailure, DeliveryResult, FeedSink } from './domain/audit-sink';
export type { Client, Device, DeviceType } from './domain/client';
export type { Clock } from './domain/clock';
export type { DeviceGroup } from './domain/device-group';
export type { DeadLetterView } from './domain/dead-letter-view';
export type { EndReason } from './domain/end-reason';
export type { HistoryClient, HistoryEntry } from './domain/history-entry';
export type { Coordinates, GivenLocation, Location } from './domain/location';
export type { Risk, RiskAction, RiskLevel, RiskOccasion, RiskSignal, RiskSignalCode } from './domain/risk';
export type { RiskFacts } from './domain/risk-facts';
export type { RiskScale } from './domain/risk-scale';
export type { Page, SessionView, Tokens } from './domain/session-view';
export type { Sighting } from './domain/sighting';

export type {
  CredentialsChangedAt,
  DeviceParser,
  ManagerOptions,
  ManagerSettings,
} from './options/manager-options';
export type { GeoOptions, GeoResolver, GeoSettings } from './options/geo';
export type { ApiSecret } from './options/api-secrets';
export type { AuditOptions, AuditSettings } from './options/audit';
export type { CookieOptions, CookieSettings } from './options/cookies';
export type { CsrfOptions, CsrfSettings } from './options/csrf';
export type { EvictionPreference, LimitedDeviceType, LimitOptions, LimitSettings } from './options/limits';
export type { LockoutOptions, LockoutSettings } from './options/lockout';
export type {
  ImpersonationOptions,
  ImpersonationRequest,
  ImpersonationSettings,
  MayImpersonate,
} from './options/impersonation';
export type { NearCacheOptions, NearCacheSettings } from './options/near-cache';
export type { Lifetimes } from './domain/lifetimes';
export type { LifetimePreset } from './options/lifetime-presets';
export type { LifetimeOptions } from './options/lifetimes';
export type {
  DetectedRisk,
  IsAnonymous,
  ReadDetector,
  RiskActions,
  RiskDetector,
  RiskOptions,
  RiskPolicy,
  RiskSettings,
  RiskThresholds,
} from './options/risk';
export type { AddressPrivacy, PrivacyOptions, PrivacySettings } from './options/privacy';
export type { RetentionOptions } from './options/retention';
export type { RotationOptions, RotationSettings } from './options/rotation';
export type {
  TelemetryCounter,
  TelemetryHistogram,
  TelemetryInstrument,
  TelemetryMeter,
  TelemetryOptions,
  TelemetrySettings,
  TelemetrySpan,
  TelemetryTracer,
} from './options/telemetry';

export type {
  HookName,
  LockScope,
  OneTimeRefusal,
  SessionEventName,
  SessionEvents,
  SessionListener,
} from './events/catalogue';
export type { AdminAccess } from './use-cases/admin-access';
export type { SessionLimits } from './use-cases/limits';
export type { DeadLetterOptions, FeedOptions, FeedPage, SessionAudit } from './use-cases/relay/session-audit';
export type { Disowning } from './use-cases/disowning/disowning';
export type { DisownOptions, IssueDisowningOptions } from './use-cases/disowning/inputs';
export type {
  DisownedSignIn,
  DisowningRefused,
  DisownSignInOutcome,
  InspectDisowningOutcome,
  IssueDisowningOutcome,
} from './use-cases/disowning/outcomes';
export type { SessionPrivacy } from './use-cases/privacy/privacy';
export type { AccountsOption, EraseUserOptions } from './use-cases/privacy/inputs';
export type {
  EraseUserOutcome,
  ExportedAccount,
  ExportedAudit,
  ExportedOneTimeToken,
  UserExport,
} from './use-cases/privacy/outcomes';
export type { OneTimeTokens } from './use-cases/one-time-tokens/one-time-tokens';
export type { IssueOneTimeTokenInput, RedeemOneTimeTokenOptions } from './use-cases/one-time-tokens/inputs';
export type {
  IssuedOneTimeToken,
  OneTimeTokenRefused,
  RedeemOneTimeTokenOutcome,
} from './use-cases/one-time-tokens/outcomes';
export type { SessionExchange } from './use-cases/exchange/session-exchange';
export type {
  ExchangeRequest,
  ExchangeTransport,
  IssueRequestTokenInput,
  RedeemRequestTokenOptions,
} from './use-cases/exchange/inputs';
export type { ExchangeOutcome, IssuedRequestToken } from './use-cases/exchange/outcomes';
export type { CountOptions, PrepareEndingInput, SessionFleet } from './use-cases/fleet/fleet';
export type { EndAllOutcome, FleetCounts, FleetCountsError, PreparedFleetEnding } from './use-cases/fleet/outcomes';
export type { FleetEndingView } from './domain/fleet-ending-view';
export type { Lockout } from './use-cases/lockout/lockout';
export type { Impersonation } from './use-cases/impersonation/impersonation';
export type { StartImpersonationInput } from './use-cases/impersonation/request';
export type { StartImpersonationOutcome } from './use-cases/impersonation/outcomes';
export type {
  AccountState,
  AttemptInput,
  FailureOptions,
  LockoutVerdict,
  SuccessOptions,
  UnlockOutcome,
} from './use-cases/lockout/outcomes';
export type { LockStatus } from './policies/lockout';
export type { EvictionOrder, LimitKind, ReachedLimit } from './domain/limits';
export type { SessionStore } from './store/session-store';
export type { SessionWatcher, StopWatching } from './store/watching';

export type {
  AccessLogOptions,
  CreateInput,
  DevicesOptions,
  HistoryOptions,
  JudgedSignIn,
  ActorOption,
  ListOptions,
  OwnerOption,
  RefreshOptions,
  ReissueOptions,
  ResolveLimitOptions,
  RevokeAllOptions,
  RevokeDeviceOptions,
  RevokeOptions,
  RevokeTokenOptions,
  SessionLifetimes,
  UpdateInput,
  VerifyOptions,
} from './use-cases/inputs';
export type {
  ActiveOutcome,
  CreateOutcome,
  Expired,
  Health,
  Introspection,
  Invalid,
  LimitReached,
  NotFound,
  RefreshOutcome,
  ReissueOutcome,
  Renewal,
  ResolveLimitOutcome,
  RevokeAllOutcome,
  RevokeDeviceOutcome,
  RevokeOutcome,
  Revoked,
  StepUpRequired,
  UpdateOutcome,
  VerifyOutcome,
} from './use-cases/outcomes';
export type { LoginOf } from './use-cases/recent-login';
