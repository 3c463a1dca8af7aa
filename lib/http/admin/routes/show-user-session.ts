import { showUserSession as operation } from '../../../contract/operations/admin/show-user-session';
import { SessionError } from '../../../domain/error';
import { adminRoute } from '../admin-route';
import { adminView } from '../admin-view';

/** One session of a user; another user's id answers as an unknown one. */
export const showUserSession = adminRoute(operation, {
  async answer({ sessions, params }) {
    const view = await sessions.get(params['sessionId']!, { owner: params['userId']! });
    if (!view) throw new SessionError('not_found');
    return { status: 200, body: { session: adminView(sessions, view) } };
  },
});
