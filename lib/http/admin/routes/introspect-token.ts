import { introspectToken as operation } from '../../../contract/operations/admin/introspect-token';
import { readFormBody } from '../../form-body';
import type { AdminEndpoint } from '../guard/context';

/** What a token stands for, as resource servers ask (RFC 7662). One-time tokens and API secrets stand for no session: inactive. */
export const introspectToken: AdminEndpoint = {
  operation,
  async answer({ sessions, req, concerns }) {
    const { token } = await readFormBody(operation.body, req);
    const body = await sessions.introspect(token);
    if (body.active) concerns({ userId: body.sub, sessionId: body.sid });
    return { status: 200, body };
  },
};
