import { endSessions } from '../../contract/operations/end-sessions';
import { forgetSession } from '../forget-session';
import { requestSession } from '../request-session';
import { route } from '../route';

/** Ends the other sessions, or all. */
export const endMany = route(endSessions, {
  isSensitive: () => true,
  async answer({ sessions, req, res, session, query }) {
    const except = query.scope === 'others' ? { except: session.id } : {};
    const { count, durable } = await sessions.revokeAll(session.userId, { ...except, reason: 'revoked_all' });
    if (query.scope === 'all') forgetSession(sessions, req, res, requestSession(req, sessions));
    return durable ? { status: 200, body: { ended: count } } : { status: 202, body: { ended: count, durable } };
  },
});
