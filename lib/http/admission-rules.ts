import { optionError, readBoolean } from '../options/read-options';
import type { Transport } from './credentials';

/** Which credentials count, and what checking them may do. */
export interface AdmissionRules {
  readonly transport: Transport | 'any';
  /** false: an access token that has run out is never renewed here. */
  readonly autoRefresh: boolean;
  /** `allowStepUp`: a session that owes a fresh login is admitted, to confirm it. */
  readonly verify: { readonly slide: boolean; readonly fresh: boolean; readonly allowStepUp: boolean };
  /** false: a session that an administrator uses in the user's place is refused. */
  readonly allowImpersonation: boolean;
}

/** What {@link requireSession} goes by unless told otherwise. */
export const usualRules: AdmissionRules = readRules({}, 'requireSession');

/** The rules among the options of `where`, checked. */
export function readRules(given: Record<string, unknown>, where: string): AdmissionRules {
  const { transport = 'any' } = given;
  if (transport !== 'any' && transport !== 'cookie' && transport !== 'bearer') {
    throw optionError(`${where}.transport`, "'any', 'cookie' or 'bearer'", transport);
  }
  const verify = Object.freeze({
    slide: readBoolean(given.slide, `${where}.slide`, true),
    fresh: readBoolean(given.fresh, `${where}.fresh`, false),
    allowStepUp: readBoolean(given.allowStepUp, `${where}.allowStepUp`, false),
  });
  return Object.freeze({
    transport,
    verify,
    autoRefresh: readBoolean(given.autoRefresh, `${where}.autoRefresh`, true),
    allowImpersonation: readBoolean(given.allowImpersonation, `${where}.allowImpersonation`, true),
  });
}
