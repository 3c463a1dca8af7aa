import { accountParameter } from '../../account-parameter';
import { nothing } from '../../nothing';
import { operation } from '../../operation';
import { unlocking } from '../../unlocking';

export const unlockAccount = operation({
  id: 'unlockAccount',
  method: 'DELETE',
  path: '/accounts/{account}/lock',
  section: 'users',
  summary: 'Forget an account’s failed logins, and lift its locks',
  parameters: accountParameter,
  query: nothing,
  body: undefined,
  answers: { 200: { description: 'It is open; whether there was anything to forget.', body: unlocking } },
  problems: [],
  access: 'users:write',
});
