import { showActivity } from '../../contract/operations/show-activity';
import { route } from '../route';
import { shownActivity } from '../shown-activity';

/** Own audit history, newest first. */
export const activity = route(showActivity, {
  async answer({ sessions, session, query }) {
    return { status: 200, body: await shownActivity(sessions, session.userId, query) };
  },
});
