import { anySessionParameter } from '../../any-session-parameter';
import { endReasonQuery } from '../../end-reason-query';
import { operation } from '../../operation';
import { unconfirmedEnd } from '../../unconfirmed-end';

export const endAnySession = operation({
  id: 'endAnySession',
  method: 'DELETE',
  path: '/sessions/{sessionId}',
  section: 'sessions',
  summary: 'End a session by its id, whoever’s it is',
  parameters: anySessionParameter,
  query: endReasonQuery,
  body: undefined,
  answers: {
    204: { description: 'The session is over.' },
    202: { description: 'The session is over, but replicas did not confirm it in time.', body: unconfirmedEnd },
  },
  problems: ['not_found'],
  access: 'users:write',
});
