import { endUserSessionsQuery } from '../../end-user-sessions-query';
import { endedSessions } from '../../ended-sessions';
import { operation } from '../../operation';
import { userParameter } from '../../user-parameter';

export const endUserSessions = operation({
  id: 'endUserSessions',
  method: 'DELETE',
  path: '/users/{userId}/sessions',
  section: 'users',
  summary: 'End all sessions of a user, or all but one',
  description:
    'Sign-ins that are under way are refused as well. `reason` is told to the user; `admin` unless given.',
  parameters: userParameter,
  query: endUserSessionsQuery,
  body: undefined,
  answers: {
    200: { description: 'They have ended; how many.', body: endedSessions },
    202: { description: 'They have ended, but replicas did not confirm it in time.', body: endedSessions },
  },
  problems: [],
  access: 'users:write',
});
