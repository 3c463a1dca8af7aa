import { endSession } from '../../contract/operations/end-session';
import { SessionError } from '../../domain/error';
import { actorIn } from '../actor-in';
import { endedAnswer } from '../ended-answer';
import { forgetSession } from '../forget-session';
import { isShown, refuseHidden } from '../hidden-sessions';
import { requestSession } from '../request-session';
import { route } from '../route';

/** Ends one of the asker's sessions. The owner is part of the command: there is no gap to check in. */
export const end = route(endSession, {
  isImpersonable: ({ session, params }) => params['id'] === session.id,
  isSensitive: ({ session, params }) => params['id'] !== session.id,
  async answer({ sessions, req, res, session, params }) {
    const id = params['id']!;
    const isCurrent = id === session.id;
    const reason = isCurrent ? 'signed_out' : 'revoked';
    await refuseHidden(sessions, session, id);
    const outcome = await sessions.revoke(id, { owner: session.userId, reason, actor: actorIn(session) });
    if (outcome.status === 'not-found' || !isShown(sessions, session, outcome.session))
      throw new SessionError('not_found');
    if (isCurrent) forgetSession(sessions, req, res, requestSession(req, sessions));
    return endedAnswer(outcome);
  },
});
