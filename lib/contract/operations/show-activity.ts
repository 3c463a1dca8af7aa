import { activityPage } from '../activity-page';
import { operation } from '../operation';
import { pageQuery } from '../page-query';

export const showActivity = operation({
  id: 'showActivity',
  method: 'GET',
  path: '/activity',
  section: 'activity',
  summary: 'What happened to your sessions, newest first',
  query: pageQuery,
  body: undefined,
  answers: { 200: { description: 'A page of your history.', body: activityPage } },
  problems: [],
  access: 'session',
});
