import type { SessionManager } from '../../../session-manager';
import { isSessionError } from '../../problem';
import type { Answer } from '../../router/endpoint';
import type { Around, Arrival } from '../../router/router';
import { AdminVisit } from './admin-visit';
import type { AdminContext } from './context';
import { oauthRefusal } from './oauth-refusal';
import type { GuardSettings } from './options';

/**
 * What the administrators' router does around each request. Who calls is settled before the path is looked at, so that strangers learn
 * nothing of it; and no answer goes out, good or bad, that the access log does not have: where it cannot be written, the answer is 503.
 */
export function adminGuard(sessions: SessionManager<object>, settings: GuardSettings): Around<AdminContext> {
  return async function adminGuard(arrival, answer) {
    // Only what describes the API itself.
    if (arrival.operation?.access === 'anyone') return answer(unknownCaller(sessions));
    const visit = new AdminVisit(sessions, settings, arrival);
    try {
      return await visit.answered(answer);
    } catch (error) {
      return refusalOf(arrival, error);
    }
  };
}

/** The RFCs' endpoints refuse in the words of RFC 6749; all others by throwing, as problem+json. */
function refusalOf({ operation }: Arrival, error: unknown): Answer {
  if (operation?.encoding === 'form' && isSessionError(error)) return oauthRefusal(error);
  throw error;
}

function unknownCaller(sessions: SessionManager<object>): AdminContext {
  return { sessions, actor: { id: 'anyone', scopes: [] }, concerns: () => undefined };
}
