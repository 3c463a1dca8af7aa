import { showAccessLog as operation } from '../../../contract/operations/admin/show-access-log';
import { adminRoute } from '../admin-route';

/** Who called this API, and what. */
export const showAccessLog = adminRoute(operation, {
  async answer({ sessions, query }) {
    return { status: 200, body: await sessions.access.history(query) };
  },
});
