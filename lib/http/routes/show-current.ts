import { showCurrentSession } from '../../contract/operations/show-current-session';
import { exposedView } from '../exposed-view';
import { route } from '../route';

/** The session that asks. */
export const showCurrent = route(showCurrentSession, {
  answer: ({ sessions, session }) =>
    Promise.resolve({ status: 200, body: { session: exposedView(sessions, session) } }),
});
