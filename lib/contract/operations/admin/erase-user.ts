import { accountQuery } from '../../account-query';
import { endedSessions } from '../../ended-sessions';
import { operation } from '../../operation';
import { userParameter } from '../../user-parameter';

export const eraseUser = operation({
  id: 'eraseUser',
  method: 'DELETE',
  path: '/users/{userId}',
  section: 'privacy',
  summary: 'Forget a user',
  description:
    'Ends their sessions and removes whatever `exportUser` shows; the access log keeps its calls, this one too, and names nobody in them. Safe ' +
    'to repeat: whoever signs in by more than one name is erased once for each `account`.',
  parameters: userParameter,
  query: accountQuery,
  body: undefined,
  answers: {
    200: { description: 'They are forgotten; how many live sessions ended.', body: endedSessions },
    202: { description: 'They are, but replicas did not confirm it in time.', body: endedSessions },
  },
  problems: [],
  access: 'users:erase',
});
