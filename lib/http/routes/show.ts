import { nothing } from '../../contract/nothing';
import { SessionError } from '../../domain/error';
import { exposedView } from '../exposed-view';
import { route } from '../route';

/** `GET /:id`: one of the asker's sessions. */
export const show = route({
  query: nothing,
  async answer({ sessions, session, id }) {
    const view = await sessions.get(id, { owner: session.userId });
    if (!view) throw new SessionError('not_found');
    return { status: 200, body: { session: exposedView(sessions, view, id === session.id) } };
  },
});
