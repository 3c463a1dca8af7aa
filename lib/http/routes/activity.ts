import { showActivity } from '../../contract/operations/show-activity';
import { route } from '../route';

/** Own audit history, newest first. Which administrator it was is the app's business, not the user's. */
export const activity = route(showActivity, {
  async answer({ sessions, session, query }) {
    const { data, nextCursor } = await sessions.history(session.userId, query);
    const entries = data.map((entry) => ({ ...entry, actor: { type: entry.actor.type } }));
    return { status: 200, body: { data: entries, nextCursor } };
  },
});
