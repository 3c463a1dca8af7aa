import { endReasonQuery } from '../../end-reason-query';
import { operation } from '../../operation';
import { unconfirmedEnd } from '../../unconfirmed-end';
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
  answers: {
    204: { description: 'The session is over.' },
    202: { description: 'The session is over, but replicas did not confirm it in time.', body: unconfirmedEnd },
  },
  problems: ['not_found'],
  access: 'users:write',
});
