import { accessLogPage } from '../../access-log-page';
import { accessLogQuery } from '../../access-log-query';
import { operation } from '../../operation';

export const showAccessLog = operation({
  id: 'showAccessLog',
  method: 'GET',
  path: '/access-log',
  section: 'audit',
  summary: 'Calls of this API, newest first',
  description:
    'With `actor` those of one API secret or administrator; such a page may hold fewer than there are, or none, and still have a `nextCursor`.',
  query: accessLogQuery,
  body: undefined,
  answers: { 200: { description: 'A page of the calls.', body: accessLogPage } },
  problems: [],
  access: 'audit:read',
});
