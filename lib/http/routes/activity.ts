import { pageQuery } from '../../contract/page-query';
import { route } from '../route';

/** `GET /activity`: own audit history, newest first. */
export const activity = route({
  query: pageQuery,
  async answer({ sessions, session, query }) {
    return { status: 200, body: await sessions.history(session.userId, query) };
  },
});
