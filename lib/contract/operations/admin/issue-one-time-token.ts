import { issueOneTimeToken as body } from '../../issue-one-time-token';
import { nothing } from '../../nothing';
import { oneTimeToken } from '../../one-time-token';
import { operation } from '../../operation';

export const issueOneTimeToken = operation({
  id: 'issueOneTimeToken',
  method: 'POST',
  path: '/one-time-tokens',
  section: 'one-time tokens',
  summary: 'Issue a token that is good once, for one purpose',
  description:
    '`purpose` is a lower-case word such as `registration`, `lifetime` from 10 seconds to 24 hours, `maxUses` from 1 to 1,000, once unless given. The app redeems it, or `requireOneTimeToken` does.',
  query: nothing,
  body,
  answers: { 201: { description: 'The token; it is shown here, and nowhere else.', body: oneTimeToken } },
  problems: [],
  access: 'one-time-tokens',
});
