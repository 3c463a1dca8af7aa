import { nothing } from '../../nothing';
import { oauthRefusals, toldAsOAuth } from '../../oauth-refusals';
import { operation } from '../../operation';
import { tokenForm } from '../../token-form';
import { unconfirmedRevocation } from '../../unconfirmed-revocation';

export const revokeToken = operation({
  id: 'revokeToken',
  method: 'POST',
  path: '/revoke',
  section: 'tokens',
  summary: 'End the session of a token (RFC 7009)',
  description:
    'Of an access or a refresh token, also one that has expired or is spent. A token that stands for nothing is answered as one that does. The body is empty, but for `{ "durable": false }` where replicas did not confirm it in time. Refuses as RFC 6749 section 5.2 says.',
  query: nothing,
  body: tokenForm,
  encoding: 'form',
  answers: {
    200: { description: 'It opens nothing any more.', body: unconfirmedRevocation, mayBeEmpty: true },
    ...oauthRefusals,
  },
  problems: [],
  never: toldAsOAuth,
  access: 'tokens:revoke',
});
