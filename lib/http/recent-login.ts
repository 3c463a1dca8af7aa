import { type Duration, durationMilliseconds } from '../domain/duration';
import { SessionError } from '../domain/error';
import type { SessionView } from '../domain/session-view';
import { optionError } from '../options/read-options';
import type { SessionManager } from '../session-manager';
import { forbiddenWhileImpersonating } from './forbidden-while-impersonating';
import { refuseStepUp } from './step-up';

const second = 1_000;

/** How recent a login must be. */
export interface RecentLogin {
  readonly within: Duration;
  /** The same in whole seconds, for the challenge: never more. */
  readonly maxAgeSeconds: number;
}

export function readRecentLogin(value: unknown, option: string): RecentLogin {
  const milliseconds = durationMilliseconds(value, option);
  if (milliseconds < second) throw optionError(option, 'at least 1 second', value);
  return Object.freeze({ within: value as Duration, maxAgeSeconds: Math.floor(milliseconds / second) });
}

/**
 * Why a session needs a fresh login (RFC 9470), or undefined where its last one will do. Whoever acts in the user's place cannot give
 * one.
 */
export async function refuseOldLogin<Data extends object>(
  sessions: SessionManager<Data>,
  session: SessionView<object>,
  { within, maxAgeSeconds }: RecentLogin,
): Promise<SessionError | undefined> {
  const forbidden = forbiddenWhileImpersonating(session);
  if (forbidden) return forbidden;
  const owing = refuseStepUp(session, { allowStepUp: false });
  if (owing) return owing;
  if (await sessions.hasRecentLogin(session, within)) return undefined;
  return new SessionError('login_required', { maxAgeSeconds });
}
