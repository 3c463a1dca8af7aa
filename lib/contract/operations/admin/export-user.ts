import { accountQuery } from '../../account-query';
import { operation } from '../../operation';
import { userExport } from '../../user-export';
import { userParameter } from '../../user-parameter';

export const exportUser = operation({
  id: 'exportUser',
  method: 'GET',
  path: '/users/{userId}/export',
  section: 'privacy',
  summary: 'All that is kept of a user',
  description:
    'Sessions with all of the app’s `data`, history, limit, one-time tokens without what they open, calls of this API about them, entries on ' +
    'their way to sinks; with `account` also the failed logins of what they sign in with. A user who is not known has an export that is empty.',
  parameters: userParameter,
  query: accountQuery,
  body: undefined,
  answers: { 200: { description: 'Everything.', body: userExport } },
  problems: [],
  access: 'users:export',
});
