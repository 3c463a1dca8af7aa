import { showUserHistory as operation } from '../../../contract/operations/admin/show-user-history';
import { adminRoute } from '../admin-route';

/** What happened to a user's sessions. */
export const showUserHistory = adminRoute(operation, {
  async answer({ sessions, params, query }) {
    return { status: 200, body: await sessions.history(params['userId']!, query) };
  },
});
