import { accountLock } from '../../account-lock';
import { accountLockQuery } from '../../account-lock-query';
import { accountParameter } from '../../account-parameter';
import { operation } from '../../operation';

export const showAccountLock = operation({
  id: 'showAccountLock',
  method: 'GET',
  path: '/accounts/{account}/lock',
  section: 'users',
  summary: 'Whether failed logins lock an account, and until when',
  description:
    'An account that does not exist is open, or locked, as one that does: nobody asks the app. It may be locked for one address alone: `ip` ' +
    'tells how it stands for whoever comes from there.',
  parameters: accountParameter,
  query: accountLockQuery,
  body: undefined,
  answers: { 200: { description: 'How the account stands.', body: accountLock } },
  problems: [],
  access: 'users:read',
});
