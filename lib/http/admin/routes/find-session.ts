import { findSession as operation } from '../../../contract/operations/admin/find-session';
import { SessionError } from '../../../domain/error';
import { adminRoute } from '../admin-route';
import { adminView } from '../admin-view';

/** A session by its id. */
export const findSession = adminRoute(operation, {
  async answer({ sessions, params, concerns }) {
    const sessionId = params['sessionId']!;
    const view = await sessions.get(sessionId);
    if (!view) throw new SessionError('not_found');
    concerns({ sessionId, userId: view.userId });
    return { status: 200, body: { session: adminView(sessions, view) } };
  },
});
