import { refuseUnknown } from '../../options/read-options';
import { readLoginUrl } from '../login-redirect';

/** What the pages of links that say "this wasn't me" are told. */
export interface DisownPageOptions {
  /**
   * Where people go on from there: the page on which a password is changed. A path (`/reset-password`) or an http(s) URL. Unless given, the page
   * says what to do and leads nowhere.
   */
  readonly continueUrl?: string | undefined;
}

/** The same, read. */
export interface DisownPages {
  readonly continueUrl?: string | undefined;
}

/** undefined: such links are answered elsewhere. */
export function readDisownOptions(value: unknown): DisownPages | undefined {
  if (value === false) return undefined;
  const { continueUrl } = refuseUnknown(value, ['continueUrl'], 'sessionRouter.disown');
  return { continueUrl: readLoginUrl(continueUrl, 'sessionRouter.disown.continueUrl') };
}
