import { nothing } from '../../contract/nothing';
import { SessionError } from '../../domain/error';
import { readCredentials } from '../credentials';
import { readFields, readQuery } from '../fields';
import { endedAnswer } from '../ended-answer';
import { requestSession } from '../request-session';
import type { Call } from '../route';
import { signOut } from '../sign-out';

/** `DELETE /current`: signs out. Whoever holds any token of the session may, however dead that is: so nobody is admitted first. */
export async function endCurrent({ sessions, req, res, search }: Call) {
  const { transport } = readCredentials(req, sessions.settings.cookies, 'any');
  if (transport === 'none' && !requestSession(req, sessions)) throw new SessionError('no_session');
  readFields(nothing, readQuery(search));
  return endedAnswer(await signOut(sessions, req, res));
}
