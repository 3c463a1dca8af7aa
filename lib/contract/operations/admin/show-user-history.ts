import { historyPage } from '../../history-page';
import { operation } from '../../operation';
import { pageQuery } from '../../page-query';
import { userParameter } from '../../user-parameter';

export const showUserHistory = operation({
  id: 'showUserHistory',
  method: 'GET',
  path: '/users/{userId}/history',
  section: 'audit',
  summary: 'What happened to a user’s sessions, and by whom, newest first',
  parameters: userParameter,
  query: pageQuery,
  body: undefined,
  answers: { 200: { description: 'A page of their history.', body: historyPage } },
  problems: [],
  access: 'audit:read',
});
