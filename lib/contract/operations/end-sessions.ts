import { endSessionsQuery } from '../end-sessions-query';
import { endedSessions } from '../ended-sessions';
import { operation } from '../operation';

export const endSessions = operation({
  id: 'endSessions',
  method: 'DELETE',
  path: '/',
  section: 'sessions',
  summary: 'End your other sessions, or all',
  query: endSessionsQuery,
  body: undefined,
  answers: {
    200: { description: 'They have ended; how many.', body: endedSessions },
    202: { description: 'They have ended, but replicas did not confirm it in time.', body: endedSessions },
  },
  problems: ['login_required', 'forbidden_while_impersonating'],
  access: 'session',
});
