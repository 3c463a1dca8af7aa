import { listSessions } from '../../contract/operations/list-sessions';
import { exposedView } from '../exposed-view';
import { isShown } from '../hidden-sessions';
import { route } from '../route';

/** Own sessions, a page of them. */
export const list = route(listSessions, {
  async answer({ sessions, session, query }) {
    const { data, nextCursor } = await sessions.list(session.userId, query);
    const shown = data.filter((view) => isShown(sessions, session, view));
    const views = shown.map((view) => exposedView(sessions, view, view.id === session.id));
    return { status: 200, body: { data: views, nextCursor } };
  },
});
