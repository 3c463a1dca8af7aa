import { showAccountLock as operation } from '../../../contract/operations/admin/show-account-lock';
import { adminRoute } from '../admin-route';

/** How an account stands. */
export const showAccountLock = adminRoute(operation, {
  async answer({ sessions, params, query }) {
    return { status: 200, body: await sessions.lockout.state(params['account']!, query) };
  },
});
