import { auditFeedPage } from '../../audit-feed-page';
import { operation } from '../../operation';
import { pageQuery } from '../../page-query';

export const showAuditFeed = operation({
  id: 'showAuditFeed',
  method: 'GET',
  path: '/audit',
  section: 'audit',
  summary: 'The audit of all users, oldest first',
  description:
    'What `feedSink` keeps. `nextCursor` is never null: a page at the end is empty, and its cursor is the one to ask with again. An entry may come twice: go by its `id`.',
  query: pageQuery,
  body: undefined,
  answers: { 200: { description: 'A page of the feed.', body: auditFeedPage } },
  problems: [],
  access: 'audit:read',
});
