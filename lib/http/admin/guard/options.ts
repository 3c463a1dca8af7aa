import type { IncomingMessage } from 'node:http';
import type { AdminActor } from '../../../domain/admin-actor';
import { SessionError } from '../../../domain/error';
import { type ApiSecret, type ApiSecretSettings, readApiSecrets } from '../../../options/api-secrets';
import { optionError, readFunction } from '../../../options/read-options';

/** Tells who calls, by the app's own means; null or undefined: nobody who may. */
export type Authorize<Req extends IncomingMessage = IncomingMessage> = (
  req: Req,
) => AdminActor | null | undefined | Promise<AdminActor | null | undefined>;

/** Who may call the administrators' API: `secrets`, `authorize`, or both. */
export interface AdminGuardOptions<Req extends IncomingMessage = IncomingMessage> {
  /** The API secrets that are good, as `npx sessionkeeper secret` prints them. Several, so that one can follow another. */
  readonly secrets?: readonly ApiSecret[] | undefined;
  /**
   * Asked for each request that shows no API secret. Gives who it is and what they may do, or null: 401. Where it throws, gives anything
   * else or does not answer within the store's deadline, the request is refused with 503 `hook_failed`. Name the administrator's own
   * session, where they have one: without it nobody can tell that they act in a user's place. After twenty Authorization headers of an
   * address that it did not take it is not asked for a minute: 429.
   */
  readonly authorize?: Authorize<Req> | undefined;
  /**
   * `refused` (default): a request from a browser, told by its `Origin` or `Sec-Fetch-*` headers, is 403 `browser_refused` whatever it
   * shows. `admitted`: for an administrators'
   * page of the app's own; without a Bearer credential it is then held to the manager's `csrf` rules.
   */
  readonly browsers?: 'refused' | 'admitted' | undefined;
}

/** {@link AdminGuardOptions}, parsed. */
export interface GuardSettings {
  readonly secrets: readonly ApiSecretSettings[];
  readonly authorize: Authorize<never> | undefined;
  readonly admitsBrowsers: boolean;
}

/** The names of these options. */
export const guardNames = ['secrets', 'authorize', 'browsers'];

/** @throws SessionError `options_invalid`, naming the option */
export function readGuard(given: Readonly<Record<string, unknown>>, where: string): GuardSettings {
  const { secrets, browsers = 'refused' } = given;
  const authorize = readFunction<Authorize<never>>(given.authorize, `${where}.authorize`);
  if (secrets === undefined && !authorize) {
    throw new SessionError('options_invalid', {
      detail: `${where}: expected secrets or authorize, or anyone could end anyone's sessions; \`npx sessionkeeper secret\` makes a secret and the entry to configure`,
    });
  }
  if (browsers !== 'refused' && browsers !== 'admitted') {
    throw optionError(`${where}.browsers`, "'refused' or 'admitted'", browsers);
  }
  return Object.freeze({
    secrets: secrets === undefined ? [] : readApiSecrets(secrets, `${where}.secrets`),
    authorize,
    admitsBrowsers: browsers === 'admitted',
  });
}
