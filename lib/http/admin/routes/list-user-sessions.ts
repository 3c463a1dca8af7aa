import { listUserSessions as operation } from '../../../contract/operations/admin/list-user-sessions';
import { adminRoute } from '../admin-route';
import { adminView } from '../admin-view';

/** A page of a user's sessions. */
export const listUserSessions = adminRoute(operation, {
  async answer({ sessions, params, query: { since, ...rest } }) {
    const from = since === undefined ? {} : { since: Date.parse(since) };
    const { data, nextCursor } = await sessions.list(params['userId']!, { ...rest, ...from });
    return { status: 200, body: { data: data.map((view) => adminView(sessions, view)), nextCursor } };
  },
});
