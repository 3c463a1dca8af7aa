import { countSessions as operation } from '../../../contract/operations/admin/count-sessions';
import { adminRoute } from '../admin-route';

/** Counts of everybody's sessions. */
export const countSessions = adminRoute(operation, {
  async answer({ sessions, query }) {
    const { status: _, ...counts } = await sessions.fleet.counts(query);
    return { status: 200, body: counts };
  },
});
