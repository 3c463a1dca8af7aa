import { issueOneTimeToken as operation } from '../../../contract/operations/admin/issue-one-time-token';
import { adminRoute } from '../admin-route';

/** Issues a one-time token. */
export const issueOneTimeToken = adminRoute(operation, {
  async answer({ sessions, body, by, concerns }) {
    concerns({ userId: body.userId });
    const { token, expiresAt } = await sessions.oneTimeTokens.issue({ ...body, actor: by });
    return { status: 201, body: { token, expiresAt } };
  },
});
