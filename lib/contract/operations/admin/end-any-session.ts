import { anySessionParameter } from '../../any-session-parameter';
import { endReasonQuery } from '../../end-reason-query';
import { endedAnswers } from '../../ended-answers';
import { operation } from '../../operation';

export const endAnySession = operation({
  id: 'endAnySession',
  method: 'DELETE',
  path: '/sessions/{sessionId}',
  section: 'sessions',
  summary: 'End a session by its id, whoever’s it is',
  parameters: anySessionParameter,
  query: endReasonQuery,
  body: undefined,
  answers: endedAnswers,
  problems: ['not_found'],
  access: 'users:write',
});
