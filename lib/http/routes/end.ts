import { endSession } from '../../contract/operations/end-session';
import { SessionError } from '../../domain/error';
import { endedAnswer } from '../ended-answer';
import { forgetSession } from '../forget-session';
import { requestSession } from '../request-session';
import { route } from '../route';

/** Ends one of the asker's sessions. The owner is part of the command: there is no gap to check in. */
export const end = route(endSession, {
  isSensitive: ({ session, params }) => params['id'] !== session.id,
  async answer({ sessions, req, res, session, params }) {
    const id = params['id']!;
    const isCurrent = id === session.id;
    const reason = isCurrent ? 'signed_out' : 'revoked';
    const outcome = await sessions.revoke(id, { owner: session.userId, reason });
    if (outcome.status === 'not-found') throw new SessionError('not_found');
    if (isCurrent) forgetSession(sessions, req, res, requestSession(req, sessions));
    return endedAnswer(outcome);
  },
});
