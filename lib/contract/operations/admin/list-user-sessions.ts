import { operation } from '../../operation';
import { sessionPage } from '../../session-page';
import { userParameter } from '../../user-parameter';
import { userSessionsQuery } from '../../user-sessions-query';

export const listUserSessions = operation({
  id: 'listUserSessions',
  method: 'GET',
  path: '/users/{userId}/sessions',
  section: 'users',
  summary: 'The active sessions of a user, page by page',
  description:
    'With `include=ended` those that ended lately follow, each with the reason. Filtered by `deviceType`, `country` or `since`, a page looks at 500 sessions at most: it may be short, even empty, and others follow as long as `nextCursor` is not null. A cursor is good for the same user and filters only.',
  parameters: userParameter,
  query: userSessionsQuery,
  body: undefined,
  answers: { 200: { description: 'A page of sessions.', body: sessionPage } },
  problems: [],
  access: 'users:read',
});
