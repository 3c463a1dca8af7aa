import { showSession } from '../../contract/operations/show-session';
import { SessionError } from '../../domain/error';
import { exposedView } from '../exposed-view';
import { isShown } from '../hidden-sessions';
import { route } from '../route';

/** One of the asker's sessions. */
export const show = route(showSession, {
  async answer({ sessions, session, params }) {
    const id = params['id']!;
    const view = await sessions.get(id, { owner: session.userId });
    if (!view || !isShown(sessions, session, view)) throw new SessionError('not_found');
    return { status: 200, body: { session: exposedView(sessions, view, id === session.id) } };
  },
});
