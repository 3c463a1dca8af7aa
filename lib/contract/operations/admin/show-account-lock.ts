import { accountLock } from '../../account-lock';
import { accountParameter } from '../../account-parameter';
import { nothing } from '../../nothing';
import { operation } from '../../operation';

export const showAccountLock = operation({
  id: 'showAccountLock',
  method: 'GET',
  path: '/accounts/{account}/lock',
  section: 'users',
  summary: 'Whether failed logins lock an account, and until when',
  description: 'An account that does not exist is open, or locked, as one that does: nobody asks the app.',
  parameters: accountParameter,
  query: nothing,
  body: undefined,
  answers: { 200: { description: 'How the account stands.', body: accountLock } },
  problems: [],
  access: 'users:read',
});
