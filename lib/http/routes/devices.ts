import { listDevices } from '../../contract/operations/list-devices';
import { exposedView } from '../exposed-view';
import { devicesShown } from '../hidden-sessions';
import { route } from '../route';

/** Own sessions by device. */
export const devices = route(listDevices, {
  async answer({ sessions, session, query }) {
    const { data, nextCursor } = await devicesShown(sessions, session, query);
    const groups = data.map((group) => {
      const views = group.sessions.map((view) => exposedView(sessions, view, view.id === session.id));
      return { ...group, current: views.some(({ current }) => current), sessions: views };
    });
    return { status: 200, body: { data: groups, nextCursor } };
  },
});
