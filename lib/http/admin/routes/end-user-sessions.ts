import { endUserSessions as operation } from '../../../contract/operations/admin/end-user-sessions';
import { adminRoute } from '../admin-route';
import { endedManyAnswer } from '../ended-many-answer';

/** Ends all sessions of a user, or all but one. */
export const endUserSessions = adminRoute(operation, {
  async answer({ sessions, params, query, by }) {
    const outcome = await sessions.revokeAll(params['userId']!, { reason: 'admin', ...query, actor: by });
    return endedManyAnswer(outcome);
  },
});
