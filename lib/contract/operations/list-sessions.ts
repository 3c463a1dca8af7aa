import { listQuery } from '../list-query';
import { operation } from '../operation';
import { sessionPage } from '../session-page';

export const listSessions = operation({
  id: 'listSessions',
  method: 'GET',
  path: '/',
  section: 'sessions',
  summary: 'Your active sessions, page by page',
  description: 'With `include=ended` those that ended lately follow, each with the reason.',
  query: listQuery,
  body: undefined,
  answers: { 200: { description: 'A page of sessions.', body: sessionPage } },
  problems: [],
  access: 'session',
});
