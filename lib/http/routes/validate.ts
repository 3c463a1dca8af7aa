import { validateToken } from '../../contract/operations/validate-token';
import { requestSession } from '../request-session';
import { route } from '../route';

/** Whether the access token presented still counts, and until when. Asking is no activity and renews nothing. */
export const validate = route(validateToken, {
  isImpersonable: () => true,
  rules: Object.freeze({
    transport: 'any',
    autoRefresh: false,
    verify: Object.freeze({ slide: false, fresh: false, allowStepUp: false }),
    allowImpersonation: true,
  }),
  answer({ sessions, req }) {
    // Of the token shown: one that rotation has replaced runs out before the session's own deadline.
    const expiresAt = requestSession(req, sessions)?.accessExpiresAt;
    return Promise.resolve({ status: 200, body: { active: true, expiresAt } });
  },
});
