import { nothing } from '../../nothing';
import { operation } from '../../operation';
import { userLimit } from '../../user-limit';
import { userParameter } from '../../user-parameter';

export const showUserLimit = operation({
  id: 'showUserLimit',
  method: 'GET',
  path: '/users/{userId}/limit',
  section: 'users',
  summary: 'How many sessions a user may have, where that was set for them',
  parameters: userParameter,
  query: nothing,
  body: undefined,
  answers: { 200: { description: 'Their own limit; null: none.', body: userLimit } },
  problems: [],
  access: 'users:read',
});
