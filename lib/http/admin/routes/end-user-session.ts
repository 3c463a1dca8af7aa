import { endUserSession as operation } from '../../../contract/operations/admin/end-user-session';
import { SessionError } from '../../../domain/error';
import { endedAnswer } from '../../ended-answer';
import { adminRoute } from '../admin-route';

/** Ends one session of a user. The owner is part of the command: there is no gap to check in. */
export const endUserSession = adminRoute(operation, {
  async answer({ sessions, params, query, by }) {
    const options = { reason: 'admin', ...query, owner: params['userId']!, actor: by };
    const outcome = await sessions.revoke(params['sessionId']!, options);
    if (outcome.status === 'not-found') throw new SessionError('not_found');
    return endedAnswer(outcome);
  },
});
