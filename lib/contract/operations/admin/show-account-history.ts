import { accountParameter } from '../../account-parameter';
import { historyPage } from '../../history-page';
import { operation } from '../../operation';
import { pageQuery } from '../../page-query';

export const showAccountHistory = operation({
  id: 'showAccountHistory',
  method: 'GET',
  path: '/accounts/{account}/history',
  section: 'audit',
  summary: 'The locks and unlocks of an account, newest first',
  parameters: accountParameter,
  query: pageQuery,
  body: undefined,
  answers: { 200: { description: 'A page of its history.', body: historyPage } },
  problems: [],
  access: 'audit:read',
});
