import { showUserLimit as operation } from '../../../contract/operations/admin/show-user-limit';
import { adminRoute } from '../admin-route';

/** The limit that was set for a user. */
export const showUserLimit = adminRoute(operation, {
  async answer({ sessions, params }) {
    return { status: 200, body: { limit: await sessions.limits.get(params['userId']!) } };
  },
});
