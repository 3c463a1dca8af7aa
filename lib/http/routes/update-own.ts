import { SessionError } from '../../domain/error';
import type { SessionView } from '../../domain/session-view';
import type { SessionManager } from '../../session-manager';
import type { UpdateInput } from '../../use-cases/inputs';
import { exposedView } from '../exposed-view';
import { refuseHidden } from '../hidden-sessions';
import type { Answer } from '../router/endpoint';

/** Changes a session of the asker; another user's id answers as an unknown one. */
export async function updateOwn(
  sessions: SessionManager<object>,
  session: SessionView<object>,
  id: string,
  change: UpdateInput<object>,
): Promise<Answer> {
  await refuseHidden(sessions, session, id);
  const outcome = await sessions.update(id, change, { owner: session.userId });
  if (outcome.status === 'not-found') throw new SessionError('not_found');
  return { status: 200, body: { session: exposedView(sessions, outcome.session, id === session.id) } };
}
