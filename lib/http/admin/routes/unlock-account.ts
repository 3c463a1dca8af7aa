import { unlockAccount as operation } from '../../../contract/operations/admin/unlock-account';
import { adminRoute } from '../admin-route';

/** Unlocks an account. */
export const unlockAccount = adminRoute(operation, {
  async answer({ sessions, params, by }) {
    return { status: 200, body: await sessions.lockout.unlock(params['account']!, { actor: by }) };
  },
});
