import { endReasonQuery } from '../../end-reason-query';
import { endedAnswers } from '../../ended-answers';
import { operation } from '../../operation';
import { userSessionParameters } from '../../user-session-parameters';

export const endUserSession = operation({
  id: 'endUserSession',
  method: 'DELETE',
  path: '/users/{userId}/sessions/{sessionId}',
  section: 'users',
  summary: 'End one session of a user',
  parameters: userSessionParameters,
  query: endReasonQuery,
  body: undefined,
  answers: endedAnswers,
  problems: ['not_found'],
  access: 'users:write',
});
