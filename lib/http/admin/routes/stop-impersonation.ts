import { stopImpersonation as operation } from '../../../contract/operations/admin/stop-impersonation';
import { SessionError } from '../../../domain/error';
import { endedAnswer } from '../../ended-answer';
import { adminRoute } from '../admin-route';

/** Ends an impersonation. */
export const stopImpersonation = adminRoute(operation, {
  async answer({ sessions, params, by, concerns }) {
    const sessionId = params['sessionId']!;
    const outcome = await sessions.impersonation.stop(sessionId, { actor: by });
    if (outcome.status === 'not-found') throw new SessionError('not_found');
    concerns({ sessionId, userId: outcome.session.userId });
    return endedAnswer(outcome);
  },
});
