import { endAnySession as operation } from '../../../contract/operations/admin/end-any-session';
import { SessionError } from '../../../domain/error';
import { endedAnswer } from '../../ended-answer';
import { adminRoute } from '../admin-route';

/** Ends a session by its id. */
export const endAnySession = adminRoute(operation, {
  async answer({ sessions, params, query, by, concerns }) {
    const sessionId = params['sessionId']!;
    const outcome = await sessions.revoke(sessionId, { reason: 'admin', ...query, actor: by });
    if (outcome.status === 'not-found') throw new SessionError('not_found');
    concerns({ sessionId, userId: outcome.session.userId });
    return endedAnswer(outcome);
  },
});
