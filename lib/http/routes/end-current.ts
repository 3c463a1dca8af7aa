import { endCurrentSession } from '../../contract/operations/end-current-session';
import { SessionError } from '../../domain/error';
import { readCredentials } from '../credentials';
import { endedAnswer } from '../ended-answer';
import { readFields, readQuery } from '../fields';
import { requestSession } from '../request-session';
import type { SessionEndpoint } from '../route';
import { signOut } from '../sign-out';

/** Signs out. Whoever holds any token of the session may, however dead that is: so nobody is admitted first. */
export const endCurrent: SessionEndpoint = {
  operation: endCurrentSession,
  async answer({ sessions, req, res, search }) {
    const { transport } = readCredentials(req, sessions.settings.cookies, 'any');
    if (transport === 'none' && !requestSession(req, sessions)) throw new SessionError('no_session');
    readFields(endCurrentSession.query, readQuery(search));
    return endedAnswer(await signOut(sessions, req, res));
  },
};
