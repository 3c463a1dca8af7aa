import { exportUser as operation } from '../../../contract/operations/admin/export-user';
import { adminRoute } from '../admin-route';

/** All that is kept of a user, the app's `data` in full: whoever may ask for this may see it. */
export const exportUser = adminRoute(operation, {
  async answer({ sessions, params, query }) {
    const accounts = query.account === undefined ? [] : [query.account];
    return { status: 200, body: await sessions.privacy.export(params['userId']!, { accounts }) };
  },
});
