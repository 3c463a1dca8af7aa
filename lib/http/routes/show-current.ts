import { nothing } from '../../contract/nothing';
import { exposedView } from '../exposed-view';
import { route } from '../route';

/** `GET /current`: the session that asks. */
export const showCurrent = route({
  query: nothing,
  answer: ({ sessions, session }) =>
    Promise.resolve({ status: 200, body: { session: exposedView(sessions, session) } }),
});
