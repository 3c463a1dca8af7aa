import { nothing } from '../../nothing';
import { oneSession } from '../../one-session';
import { operation } from '../../operation';
import { userSessionParameters } from '../../user-session-parameters';

export const showUserSession = operation({
  id: 'showUserSession',
  method: 'GET',
  path: '/users/{userId}/sessions/{sessionId}',
  section: 'users',
  summary: 'One session of a user',
  parameters: userSessionParameters,
  query: nothing,
  body: undefined,
  answers: { 200: { description: 'The session.', body: oneSession } },
  problems: ['not_found'],
  access: 'users:read',
});
