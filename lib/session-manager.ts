import type { DeviceGroup } from './domain/device-group';
import type { SessionView, Page } from './domain/session-view';
import type { Client } from './domain/client';
import type { Duration } from './domain/duration';
import type { HistoryEntry } from './domain/history-entry';
import type { SessionEventName, SessionListener } from './events/catalogue';
import type { ManagerOptions } from './options/manager-options';
import { readManagerOptions } from './options/manager-options';
import { SessionNamespaces } from './session-namespaces';
import { openStore } from './stores/open-store';
import { storeKind } from './stores/store-kind';
import { instrument } from './telemetry/instrument';
import { openTelemetry } from './telemetry/open-telemetry';
import { type Context, openContext } from './use-cases/context';
import { createSession } from './use-cases/create';
import { listDevices, revokeDevice } from './use-cases/devices';
import { getSession } from './use-cases/get';
import { readHealth } from './use-cases/health';
import { readHistory } from './use-cases/history';
import type * as Inputs from './use-cases/inputs';
import { introspectToken } from './use-cases/introspect';
import { listen } from './use-cases/listen';
import { listSessions } from './use-cases/list';
import type * as Outcomes from './use-cases/outcomes';
import { hasRecentLogin, type LoginOf } from './use-cases/recent-login';
import { refreshSession } from './use-cases/refresh';
import { reissueTokens } from './use-cases/reissue';
import { resolveLimit } from './use-cases/resolve-limit';
import { revokeSession } from './use-cases/revoke';
import { revokeAllSessions, revokeUntrustedSessions } from './use-cases/revoke-all';
import { revokeOneToken } from './use-cases/revoke-token';
import { updateAllSessions, updateSession } from './use-cases/update';
import { verifyAccess, verifyFromCache } from './use-cases/verify';

/**
 * The sessions of an app: who is signed in, on which device, since when — and the means to end any of it at once. Knows nothing
 * of HTTP; middleware and routers delegate to it, and so may workers, sockets and GraphQL resolvers.
 *
 * Expected outcomes are values, a union on `status`. What throws is a fault: `SessionError` `store_unavailable` when the store
 * does not answer within its deadline, `request_invalid` when an argument is unusable. "Round trips" counts commands to the
 * store.
 *
 * @typeParam Data - the app's own JSON on each session
 */
export class SessionManager<Data extends object = Record<string, unknown>> extends SessionNamespaces<Data> {
  readonly #context: Context;

  /** @throws SessionError `options_invalid`, naming the option, what was expected and what came. */
  constructor(options: ManagerOptions = {}) {
    const settings = readManagerOptions(options);
    // Before a store is opened that nobody would close.
    const telemetry = settings.telemetry && openTelemetry(settings.telemetry);
    const context = openContext(settings, openStore(settings.store));
    super(context);
    this.#context = context;
    if (telemetry) instrument(this, telemetry, storeKind(context.store), context);
  }

  /**
   * Signs a user in, within the limits: the count, what it ends and the insert are one step. 1 round trip; 2 where a function says
   * which sessions end; and where risk is judged 1 more wait, for 2 commands at once.
   *
   * @throws SessionError `hook_failed` where a function of the options that decides about it does not answer
   */
  create(input: Inputs.CreateInput<Data>): Promise<Outcomes.CreateOutcome<Data>> {
    return createSession(this.#context, input) as Promise<Outcomes.CreateOutcome<Data>>;
  }

  /**
   * Goes on with a sign-in that a limit stopped: ends the session chosen, and signs in, in one step. A token serves once; it
   * stays good where the choice was none of the user's sessions or ending one was not enough. 2 round trips.
   */
  resolveLimit(
    resolutionToken: string,
    endSessionId: string,
    options: Inputs.ResolveLimitOptions = {},
  ): Promise<Outcomes.ResolveLimitOutcome<Data>> {
    return resolveLimit(this.#context, resolutionToken, endSessionId, options) as Promise<
      Outcomes.ResolveLimitOutcome<Data>
    >;
  }

  /**
   * Judges an access token. 1 round trip, none where the near cache has it; a due touch follows behind the caller's back. Where risk is
   * judged (`risk.onUse`) and `client` has another address or user agent than those known to the session, 1 more wait, for 2
   * commands at once, and 1 to write: before the answer for a step-up or an end, else behind the caller's back.
   */
  verify(
    accessToken: string,
    client?: Client,
    options: Inputs.VerifyOptions = {},
  ): Promise<Outcomes.VerifyOutcome<Data>> {
    return verifyAccess(this.#context, accessToken, client, options) as Promise<Outcomes.VerifyOutcome<Data>>;
  }

  /**
   * {@link SessionManager.verify}, as far as the near cache can answer at once: the session of a good token, or undefined, which says
   * nothing about the token. No round trip, no promise. The session is frozen.
   */
  verifyFromCache(
    accessToken: string,
    options: Inputs.VerifyOptions = {},
    client?: Client,
  ): Outcomes.ActiveOutcome<Data> | undefined {
    return verifyFromCache(this.#context, accessToken, options, client) as Outcomes.ActiveOutcome<Data> | undefined;
  }

  /**
   * Exchanges a refresh token for the next pair (RFC 9700 section 4.14.2). 1 round trip; 2 where the token was spent before.
   * Without `client` the device of a repeated token is not compared.
   */
  refresh(
    refreshToken: string,
    client?: Client,
    options: Inputs.RefreshOptions = {},
  ): Promise<Outcomes.RefreshOutcome<Data>> {
    return refreshSession(this.#context, refreshToken, client, options) as Promise<Outcomes.RefreshOutcome<Data>>;
  }

  /** Replaces a session's tokens by force: after a fresh login, a change of password or role. The old ones die now. 2 round trips. */
  reissue(id: string, options: Inputs.ReissueOptions = {}): Promise<Outcomes.ReissueOutcome<Data>> {
    return reissueTokens(this.#context, id, options) as Promise<Outcomes.ReissueOutcome<Data>>;
  }

  /** RFC 7662: what a token stands for, or only that it is not active. Never counts as use. 1 round trip. */
  introspect(token: string): Promise<Outcomes.Introspection> {
    return introspectToken(this.#context, token);
  }

  /** A live session by its public id. 1 round trip. */
  get(id: string, options: Inputs.OwnerOption = {}): Promise<SessionView<Data> | undefined> {
    return getSession(this.#context, id, options) as Promise<SessionView<Data> | undefined>;
  }

  /**
   * A page of a user's sessions. Pages run from the session nearest its end to the farthest, because renewal only moves a session
   * towards the end of the walk: one that lives throughout is never missed, one renewed meanwhile may come twice. Within a
   * page the most recently seen comes first. 1 round trip; with `include: 'ended'` up to two more, where one kind
   * of session ends and the next begins.
   *
   * The store narrows by `applicationId`; `deviceType`, `country` and `since` are looked for in the records, of which one call reads 500
   * at most, in about ten round trips. So a page may be short, even empty, with more to come: only `nextCursor: null` is the end.
   *
   * @throws SessionError `request_invalid` for a filter that is none, and for a cursor of another user or other filters
   */
  list(userId: string, options: Inputs.ListOptions = {}): Promise<Page<SessionView<Data>>> {
    return listSessions(this.#context, userId, options) as Promise<Page<SessionView<Data>>>;
  }

  /** A user's active sessions by device: of 500 a page, in 5 round trips; of users with more a device may come again in the next one. */
  devices(userId: string, options: Inputs.DevicesOptions = {}): Promise<Page<DeviceGroup<Data>>> {
    return listDevices(this.#context, userId, options) as Promise<Page<DeviceGroup<Data>>>;
  }

  /** Changes a live session's name, data or trust; parallel changes to different keys all survive. 2 round trips. */
  update(
    id: string,
    change: Inputs.UpdateInput<Data>,
    options: Inputs.OwnerOption = {},
  ): Promise<Outcomes.UpdateOutcome<Data>> {
    return updateSession(this.#context, id, change, options) as Promise<Outcomes.UpdateOutcome<Data>>;
  }

  /** {@link SessionManager.update} for every live session of a user. */
  updateAll(
    userId: string,
    change: Inputs.UpdateInput<Data>,
  ): Promise<{ readonly status: 'updated'; readonly count: number }> {
    return updateAllSessions(this.#context, userId, change);
  }

  /** Ends one session; every node refuses it from the next request on. Ending it again changes nothing. 1 round trip. */
  revoke(id: string, options: Inputs.RevokeOptions = {}): Promise<Outcomes.RevokeOutcome<Data>> {
    return revokeSession(this.#context, id, options) as Promise<Outcomes.RevokeOutcome<Data>>;
  }

  /** Ends a user's sessions on one device, by its `device.id`; a repeat ends what a fault left. 1 round trip for each 100 sessions, and for each ended. */
  revokeDevice(
    userId: string,
    deviceId: string,
    options: Inputs.RevokeDeviceOptions = {},
  ): Promise<Outcomes.RevokeDeviceOutcome> {
    return revokeDevice(this.#context, userId, deviceId, options);
  }

  /** Ends all of a user's sessions, and refuses sign-ins that began before (`startedAt`). 1 round trip. */
  revokeAll(userId: string, options: Inputs.RevokeAllOptions = {}): Promise<Outcomes.RevokeAllOutcome<Data>> {
    return revokeAllSessions(this.#context, userId, options) as Promise<Outcomes.RevokeAllOutcome<Data>>;
  }

  /** Ends a user's sessions on devices that nobody marked as trusted. 1 round trip. */
  revokeUntrusted(
    userId: string,
    options: Omit<Inputs.RevokeAllOptions, 'reissue' | 'retry'> = {},
  ): Promise<Outcomes.RevokeAllOutcome<Data>> {
    return revokeUntrustedSessions(this.#context, userId, options) as Promise<Outcomes.RevokeAllOutcome<Data>>;
  }

  /** RFC 7009: ends the session of a token, or only that token. Expired access and spent refresh tokens are accepted. 2 round trips. */
  revokeToken(token: string, options: Inputs.RevokeTokenOptions = {}): Promise<Outcomes.RevokeOutcome<Data>> {
    return revokeOneToken(this.#context, token, options) as Promise<Outcomes.RevokeOutcome<Data>>;
  }

  /** A user's audit history, newest first. 1 round trip. */
  history(userId: string, options: Inputs.HistoryOptions = {}): Promise<Page<HistoryEntry>> {
    return readHistory(this.#context, userId, options);
  }

  /** Milliseconds on the store's clock, less its measured error: what `startedAt` wants. No round trip once measured. */
  now(): Promise<number> {
    return this.#context.time.now();
  }

  /**
   * Whether the user of a session signed in or confirmed the login within this time; never in a session that an administrator uses in
   * the user's place, nor in one that owes a fresh login. No round trip once the clock is measured.
   */
  hasRecentLogin(session: LoginOf, within: Duration): Promise<boolean> {
    return hasRecentLogin(this.#context, session, within);
  }

  /** Whether the store answers. */
  health(): Promise<Outcomes.Health> {
    return readHealth(this.#context);
  }

  /** Resolves when the touches and judgements so far are written. */
  async flush(): Promise<void> {
    const { touches, judgements } = this.#context;
    await Promise.all([touches.flush(), judgements.flush()]);
  }

  /**
   * Hears of what happened; a listener that throws harms nobody. Returns the function that removes it.
   *
   * @throws SessionError `options_invalid` for an event that does not exist
   */
  on<Name extends SessionEventName>(event: Name, listener: SessionListener<Name>): () => void {
    return listen(this.#context, event, listener);
  }

  /** Writes what is pending and closes the store; a Redis client handed to that store stays open. */
  close(): Promise<void> {
    return this.#context.close();
  }
}
