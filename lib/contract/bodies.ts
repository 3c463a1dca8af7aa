import type { z } from 'zod';
import type { accessLogPage } from './access-log-page';
import type { accountLock } from './account-lock';
import type { activityPage } from './activity-page';
import type { amendSession } from './amend-session';
import type { auditFeedPage } from './audit-feed-page';
import type { deadLetters } from './dead-letters';
import type { disownedSignIns } from './disowned-sign-ins';
import type { disowning } from './disowning';
import type { disownSignIn } from './disown-sign-in';
import type { devicePage } from './device-page';
import type { endedSessions } from './ended-sessions';
import type { fleetCounts } from './fleet-counts';
import type { fleetDryRun } from './fleet-dry-run';
import type { historyPage } from './history-page';
import type { introspection } from './introspection';
import type { issueOneTimeToken } from './issue-one-time-token';
import type { limitResolution } from './limit-resolution';
import type { oneFleetEnding } from './one-fleet-ending';
import type { oneSession } from './one-session';
import type { oneTimeToken } from './one-time-token';
import type { problem } from './problem';
import type { redeliver } from './redeliver';
import type { redelivered } from './redelivered';
import type { refreshTokens } from './refresh-tokens';
import type { renameSession } from './rename-session';
import type { renewedSession } from './renewed-session';
import type { requestTokenProof } from './request-token-proof';
import type { session } from './session';
import type { sessionPage } from './session-page';
import type { signedIn } from './signed-in';
import type { startImpersonation } from './start-impersonation';
import type { tokens } from './tokens';
import type { userExport } from './user-export';
import type { validation } from './validation';

/** A session, as the routers answer it. */
export type SessionBody = z.output<typeof session>;
/** The answer about one session. */
export type OneSessionBody = z.output<typeof oneSession>;
/** A page of sessions: the answer of `GET /`. */
export type SessionPageBody = z.output<typeof sessionPage>;
/** Sessions by device: the answer of `GET /devices`. */
export type DevicePageBody = z.output<typeof devicePage>;
/** A page of the history: the answer of `GET /activity`. */
export type ActivityPageBody = z.output<typeof activityPage>;
/** The credentials of a session, in the answer to a bearer client. */
export type TokensBody = z.output<typeof tokens>;
/** The answer of `POST /refresh`, `POST /limit-resolutions` and `POST /token`. */
export type RenewedSessionBody = z.output<typeof renewedSession>;
/** The answer of `POST /validate`. */
export type ValidationBody = z.output<typeof validation>;
/** How many sessions ended: the answer of `DELETE /`. */
export type EndedSessionsBody = z.output<typeof endedSessions>;
/** What a link of "this wasn't me" is about: the answer of `GET /disown`. */
export type DisowningBody = z.output<typeof disowning>;
/** The body of `POST /disown`. */
export type DisownSignInBody = z.input<typeof disownSignIn>;
/** What has ended: the answer of `POST /disown`. */
export type DisownedSignInsBody = z.output<typeof disownedSignIns>;
/** Every refusal: RFC 9457, `application/problem+json`. */
export type ProblemBody = z.output<typeof problem>;

/** The body of `PATCH /:id`. */
export type AmendSessionBody = z.input<typeof amendSession>;
/** The body of `PATCH /current`. */
export type RenameSessionBody = z.input<typeof renameSession>;
/** The body of `POST /refresh`. */
export type RefreshTokensBody = z.input<typeof refreshTokens>;
/** The body of `POST /limit-resolutions`. */
export type LimitResolutionBody = z.input<typeof limitResolution>;

/** A page of the access log: the answer of `GET /access-log`. */
export type AccessLogPageBody = z.output<typeof accessLogPage>;
/** A page of the feed across all users: the answer of `GET /audit`. */
export type AuditFeedPageBody = z.output<typeof auditFeedPage>;
/** The answer of `GET /audit/dead-letters`. */
export type DeadLettersBody = z.output<typeof deadLetters>;
/** The answer of `POST /audit/redeliveries`. */
export type RedeliveredBody = z.output<typeof redelivered>;
/** The answer of `GET /users/{userId}/export`. */
export type UserExportBody = z.output<typeof userExport>;
/** The answer of `GET /accounts/{account}/lock`. */
export type AccountLockBody = z.output<typeof accountLock>;
/** The answer of `GET /fleet/counts`. */
export type FleetCountsBody = z.output<typeof fleetCounts>;
/** The answer of a dry run of `POST /fleet/endings`. */
export type FleetDryRunBody = z.output<typeof fleetDryRun>;
/** How far the ending of everybody's sessions has come. */
export type OneFleetEndingBody = z.output<typeof oneFleetEnding>;
/** A page of a history as administrators see it. */
export type HistoryPageBody = z.output<typeof historyPage>;
/** The answer of `POST /introspect`. */
export type IntrospectionBody = z.output<typeof introspection>;
/** The answer of `POST /one-time-tokens`. */
export type OneTimeTokenBody = z.output<typeof oneTimeToken>;
/** The answer of `POST /impersonations`. */
export type SignedInBody = z.output<typeof signedIn>;
/** The body of `POST /one-time-tokens`. */
export type IssueOneTimeTokenBody = z.input<typeof issueOneTimeToken>;
/** The body of `POST /audit/redeliveries`. */
export type RedeliverBody = z.input<typeof redeliver>;
/** The body of `POST /token`. */
export type RequestTokenProofBody = z.input<typeof requestTokenProof>;
/** The body of `POST /impersonations`. */
export type StartImpersonationBody = z.input<typeof startImpersonation>;
