import { eraseUser as operation } from '../../../contract/operations/admin/erase-user';
import { adminRoute } from '../admin-route';
import { endedManyAnswer } from '../ended-many-answer';

/** Forgets a user. */
export const eraseUser = adminRoute(operation, {
  async answer({ sessions, params, query, by, concerns }) {
    const accounts = query.account === undefined ? [] : [query.account];
    const outcome = await sessions.privacy.erase(params['userId']!, { accounts, actor: by });
    // The log of this very call would be the first to name them again.
    concerns({ userId: undefined });
    return endedManyAnswer(outcome);
  },
});
