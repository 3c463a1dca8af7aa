import { endSessionsQuery } from '../../contract/end-sessions-query';
import { forgetSession } from '../forget-session';
import { requestSession } from '../request-session';
import { route } from '../route';

/** `DELETE /`: ends the other sessions, or all. */
export const endMany = route({
  query: endSessionsQuery,
  isSensitive: () => true,
  async answer({ sessions, req, res, session, query }) {
    const except = query.scope === 'others' ? { except: session.id } : {};
    const { count, durable } = await sessions.revokeAll(session.userId, { ...except, reason: 'revoked_all' });
    if (query.scope === 'all') forgetSession(sessions, req, res, requestSession(req, sessions));
    return durable ? { status: 200, body: { ended: count } } : { status: 202, body: { ended: count, durable } };
  },
});
