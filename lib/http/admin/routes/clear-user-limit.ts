import { clearUserLimit as operation } from '../../../contract/operations/admin/clear-user-limit';
import { adminRoute } from '../admin-route';

/** Takes a user's own limit away. */
export const clearUserLimit = adminRoute(operation, {
  async answer({ sessions, params, by }) {
    await sessions.limits.set(params['userId']!, null, { actor: by });
    return { status: 204 };
  },
});
