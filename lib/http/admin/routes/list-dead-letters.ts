import { listDeadLetters as operation } from '../../../contract/operations/admin/list-dead-letters';
import { adminRoute } from '../admin-route';

/** What sinks have not taken. */
export const listDeadLetters = adminRoute(operation, {
  async answer({ sessions, query }) {
    return { status: 200, body: await sessions.audit.deadLetters(query) };
  },
});
