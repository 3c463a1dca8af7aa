import { showAccountHistory as operation } from '../../../contract/operations/admin/show-account-history';
import { adminRoute } from '../admin-route';

/** What happened to an account. */
export const showAccountHistory = adminRoute(operation, {
  async answer({ sessions, params, query }) {
    return { status: 200, body: await sessions.lockout.history(params['account']!, query) };
  },
});
