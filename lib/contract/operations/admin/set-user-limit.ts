import { nothing } from '../../nothing';
import { operation } from '../../operation';
import { setLimit } from '../../set-limit';
import { setUserLimit as body } from '../../set-user-limit';
import { userParameter } from '../../user-parameter';

export const setUserLimit = operation({
  id: 'setUserLimit',
  method: 'PUT',
  path: '/users/{userId}/limit',
  section: 'users',
  summary: 'Give a user a limit of their own',
  description: 'It acts at the next sign-in; with `trim: true` the sessions that exceed the limits end now.',
  parameters: userParameter,
  query: nothing,
  body,
  answers: {
    200: { description: 'The limit is set; how many sessions ended for it.', body: setLimit },
    202: { description: 'Sessions ended for it, but replicas did not confirm that in time.', body: setLimit },
  },
  problems: ['hook_failed'],
  access: 'users:write',
});
