import { nothing } from '../../nothing';
import { operation } from '../../operation';
import { userParameter } from '../../user-parameter';

export const clearUserLimit = operation({
  id: 'clearUserLimit',
  method: 'DELETE',
  path: '/users/{userId}/limit',
  section: 'users',
  summary: 'Take a user’s own limit away',
  description: 'Then the limits of the app hold for them, as for everybody.',
  parameters: userParameter,
  query: nothing,
  body: undefined,
  answers: { 204: { description: 'They have none of their own.' } },
  problems: [],
  access: 'users:write',
});
