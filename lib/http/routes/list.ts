import { listSessions } from '../../contract/operations/list-sessions';
import { exposedView } from '../exposed-view';
import { listShown } from '../hidden-sessions';
import { route } from '../route';

/** Own sessions, a page of them. */
export const list = route(listSessions, {
  async answer({ sessions, session, query }) {
    const { data, nextCursor } = await listShown(sessions, session, query);
    const views = data.map((view) => exposedView(sessions, view, view.id === session.id));
    return { status: 200, body: { data: views, nextCursor } };
  },
});
