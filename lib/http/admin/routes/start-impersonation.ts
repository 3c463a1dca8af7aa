import { startImpersonation as operation } from '../../../contract/operations/admin/start-impersonation';
import { clientFacts } from '../../client-facts';
import { adminRoute } from '../admin-route';
import { adminView } from '../admin-view';

/** Begins to act as a user. */
export const startImpersonation = adminRoute(operation, {
  async answer({ sessions, req, actor, body, concerns }) {
    concerns({ userId: body.userId });
    const outcome = await sessions.impersonation.start({ ...body, actor, client: clientFacts(req) });
    if (outcome.status !== 'started') throw outcome.error;
    const { session, tokens } = outcome;
    concerns({ userId: session.userId, sessionId: session.id });
    return { status: 201, body: { session: adminView(sessions, session), tokens } };
  },
});
