import type { Actor } from '../domain/actor';
import type { Client, DeviceType } from '../domain/client';
import type { Duration } from '../domain/duration';
import type { EndReason } from '../domain/end-reason';
import type { LimitOptions, LimitSettings } from '../options/limits';

/** Lifetimes of one session; each may only shorten what the manager's options allow. */
export interface SessionLifetimes {
  readonly accessToken?: Duration | undefined;
  readonly refreshToken?: Duration | false | undefined;
  readonly idle?: Duration | undefined;
  readonly absolute?: Duration | undefined;
}

/** A sign-in. */
export interface CreateInput<Data extends object = Record<string, unknown>> {
  /** The app's own id of the user: 1 to 512 bytes of UTF-8. */
  readonly userId: string;
  /**
   * `await sessions.now()`, taken before the password was read. Orders the sign-in against `revokeAll`; without it the
   * sign-in counts as begun after any.
   */
  readonly startedAt?: number | undefined;
  /** The client app (`web`, `ios`, …), at most 64 bytes; `default` unless given. */
  readonly applicationId?: string | undefined;
  readonly remember?: boolean | undefined;
  readonly client?: Client | undefined;
  /** Takes precedence over `client.deviceId`. */
  readonly deviceId?: string | undefined;
  readonly scope?: readonly string[] | undefined;
  /** The app's own JSON, at most 16 KiB. */
  readonly data?: Data | undefined;
  /** When the user proved who they are, in milliseconds; the time of the call unless given. */
  readonly authenticatedAt?: number | undefined;
  /** How: `amr` values (RFC 8176). */
  readonly methods?: readonly string[] | undefined;
  readonly lifetimes?: SessionLifetimes | undefined;
  /** Any tokens of the session that this sign-in takes over from: the same user's ends in the same step, another's right after. */
  readonly replaces?: readonly string[] | undefined;
  /** In place of the manager's `limit`, all of it; a user's own limit that was set still counts. */
  readonly limit?: LimitOptions | LimitSettings | undefined;
  /** Whatever the caller needs to resume this sign-in, should a limit stop it: at most 256 bytes of text. */
  readonly carry?: string | undefined;
  /** Failed logins of the account before this one, where risk is judged: a whole number. `signIn` takes it from `loginGuard`. 0 unless given. */
  readonly failures?: number | undefined;
  /**
   * Asked before anything is stored, and once the risk is judged where it is: the place for `lockout.recordSuccess`, or for `lockout.check`
   * where the sign-in is not proven. What it throws, the call throws, and nothing has happened.
   */
  readonly onJudged?: ((judged: JudgedSignIn) => void | Promise<void>) | undefined;
}

/** What came of the risk of a sign-in. */
export interface JudgedSignIn {
  /** false: it is refused, or owes a step-up. Whoever it is has the password, and is not taken for the user yet. */
  readonly proven: boolean;
}

/** How a sign-in that a limit stopped goes on. */
export interface ResolveLimitOptions {
  /**
   * Asked with what `create` was given to carry, before anything is changed: gives the tokens that this sign-in replaces. What it throws,
   * the call throws, and nothing has happened.
   */
  readonly resume?: ((carry: string | undefined) => readonly string[]) | undefined;
  /** Who goes on with it. Where risk is judged, they are judged again, and the graver judgement holds. */
  readonly client?: Client | undefined;
}

/** Who changes something. */
export interface ActorOption {
  /** The system unless given. */
  readonly actor?: Actor | undefined;
}

/** Whose session it must be. */
export interface OwnerOption {
  /** The user whose session it must be; any other answers as unknown. */
  readonly owner?: string;
}

/** How a check of an access token counts. */
export interface VerifyOptions {
  /** false: this use does not count as activity (background polls). */
  readonly slide?: boolean | undefined;
  /** false: not the client shows the token but this server, which has just renewed it: that it arrived is not confirmed. */
  readonly confirm?: boolean | undefined;
  /** Reads the store itself, past any cache. */
  readonly fresh?: boolean | undefined;
  /** true: a session that owes a fresh login is `active` all the same (`session.stepUpRequired`): for the route that confirms it, and no other. */
  readonly allowStepUp?: boolean | undefined;
}

/** How an exchange of a refresh token counts. */
export interface RefreshOptions {
  /** false: the renewal inherits the refresh deadline and does not count as activity. */
  readonly slide?: boolean | undefined;
}

/** What a forced rotation records, and for whom it is done. */
export interface ReissueOptions extends OwnerOption {
  /**
   * The access token by which the caller was admitted. Where the session has been given other tokens by force since, the
   * answer is `not-found`: a request that was under way at a password change must not take the session over again.
   */
  readonly token?: string | undefined;
  /** When the user proved anew who they are: a session that owed a fresh login owes none any more. */
  readonly authenticatedAt?: number | undefined;
  readonly methods?: readonly string[] | undefined;
  /** Who did: the session shows them from then on, where it owed that. */
  readonly client?: Client | undefined;
}

/** Which sessions a list shows, and from where on. */
export interface ListOptions {
  /** `nextCursor` of the page before, of this user and with these filters; null, as undefined: the first page. */
  readonly cursor?: string | null | undefined;
  /** 1 to 100; 50 unless given. */
  readonly limit?: number | undefined;
  readonly applicationId?: string | undefined;
  readonly deviceType?: DeviceType | undefined;
  /** Where they were signed in from: ISO 3166-1, such as `DE`. Sessions without a place are in no country. */
  readonly country?: string | undefined;
  /** Milliseconds: those that were signed in then or later. */
  readonly since?: number | undefined;
  /** Adds the sessions that ended lately, after the active ones. */
  readonly include?: 'ended' | undefined;
}

/** From where on a list of devices is read. */
export interface DevicesOptions {
  /** `nextCursor` of the page before, of this user; null, as undefined: the first page. */
  readonly cursor?: string | null | undefined;
}

/** What is spared of a device, why the rest ends, and by whom. */
export interface RevokeDeviceOptions extends ActorOption {
  /** The id of a session to keep. */
  readonly except?: string | undefined;
  readonly reason?: EndReason | undefined;
}

/** A change to a session. `data` is merged key by key; a key set to `undefined` is removed. */
export interface UpdateInput<Data extends object = Record<string, unknown>> {
  /** The name of the device, at most 64 characters; null removes it. */
  readonly name?: string | null | undefined;
  readonly data?: { readonly [Key in keyof Data]?: Data[Key] | undefined } | undefined;
  readonly trusted?: boolean | undefined;
}

/** Whose session ends, why, and by whom. */
export interface RevokeOptions extends OwnerOption {
  readonly reason?: EndReason | undefined;
  readonly actor?: Actor | undefined;
}

/** Which session is kept, and why and by whom the others end. */
export interface RevokeAllOptions {
  /** The id of a session to keep. */
  readonly except?: string | undefined;
  /**
   * The access token by which the caller was admitted. Where the session to keep has been given other tokens by force since, it
   * ends with the rest.
   */
  readonly token?: string | undefined;
  readonly reason?: EndReason | undefined;
  readonly actor?: Actor | undefined;
  /** Gives the kept session new tokens in the same step; its old ones die. */
  readonly reissue?: boolean | undefined;
  /**
   * On a store fault, keeps trying in the background, with the original time, and then ends the kept session too; the call
   * itself still throws, `sessions_not_revoked`.
   */
  readonly retry?: boolean | undefined;
}

/** What of a token ends, why, and by whom. */
export interface RevokeTokenOptions {
  /** `session` (default): all of the session. `token`: that one token. */
  readonly scope?: 'session' | 'token' | undefined;
  readonly reason?: EndReason | undefined;
  readonly actor?: Actor | undefined;
}

/** From where on the log of the administrators' API is read, and of whom. */
export interface AccessLogOptions {
  /** `nextCursor` of the page before; null, as undefined: the first page. */
  readonly cursor?: string | null | undefined;
  /** 1 to 100; 50 unless given. */
  readonly limit?: number | undefined;
  /** Only what this API secret or administrator called. */
  readonly actor?: string | undefined;
}

/** From where on a history is read. */
export interface HistoryOptions {
  /** `nextCursor` of the page before; null, as undefined: the first page. */
  readonly cursor?: string | null | undefined;
  /** 1 to 100; 50 unless given. */
  readonly limit?: number | undefined;
}
