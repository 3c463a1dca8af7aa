import type { z } from 'zod';
import type { activityPage } from './activity-page';
import type { amendSession } from './amend-session';
import type { endedSessions } from './ended-sessions';
import type { limitResolution } from './limit-resolution';
import type { oneSession } from './one-session';
import type { problem } from './problem';
import type { refreshTokens } from './refresh-tokens';
import type { renameSession } from './rename-session';
import type { renewedSession } from './renewed-session';
import type { session } from './session';
import type { sessionPage } from './session-page';
import type { tokens } from './tokens';
import type { validation } from './validation';

/** A session, as the routers answer it. */
export type SessionBody = z.output<typeof session>;
/** The answer about one session. */
export type OneSessionBody = z.output<typeof oneSession>;
/** A page of sessions: the answer of `GET /`. */
export type SessionPageBody = z.output<typeof sessionPage>;
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
