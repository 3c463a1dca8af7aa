import { revokeToken as operation } from '../../../contract/operations/admin/revoke-token';
import { readFormBody } from '../../form-body';
import type { AdminEndpoint } from '../guard/context';

/**
 * Ends the session of a token (RFC 7009), of an access token as of a refresh token (section 2.1). One that stands for nothing is answered
 * alike (section 2.2, A31). The RFC knows no other success than 200, so whether replicas have it stands in the body, which clients of the
 * RFC do not read.
 */
export const revokeToken: AdminEndpoint = {
  operation,
  async answer({ sessions, req, actor, concerns }) {
    const { token } = await readFormBody(operation.body, req);
    const outcome = await sessions.revokeToken(token, { actor: { type: 'admin', id: actor.id } });
    if (outcome.status === 'not-found') return { status: 200 };
    concerns({ userId: outcome.session.userId, sessionId: outcome.session.id });
    return outcome.durable ? { status: 200 } : { status: 200, body: { durable: false } };
  },
};
