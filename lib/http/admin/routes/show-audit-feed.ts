import { showAuditFeed as operation } from '../../../contract/operations/admin/show-audit-feed';
import { adminRoute } from '../admin-route';

/** The audit of all users, for pipelines. */
export const showAuditFeed = adminRoute(operation, {
  async answer({ sessions, query }) {
    return { status: 200, body: await sessions.audit.feed(query) };
  },
});
