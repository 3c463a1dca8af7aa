import { introspection } from '../../introspection';
import { nothing } from '../../nothing';
import { oauthRefusals, toldAsOAuth } from '../../oauth-refusals';
import { operation } from '../../operation';
import { tokenForm } from '../../token-form';

export const introspectToken = operation({
  id: 'introspectToken',
  method: 'POST',
  path: '/introspect',
  section: 'tokens',
  summary: 'What a token stands for (RFC 7662)',
  description:
    'Of an access or a refresh token. Unknown, expired, spent and revoked ones answer `{ "active": false }` and nothing more. Asking is no use of the session. Refuses as RFC 6749 section 5.2 says.',
  query: nothing,
  body: tokenForm,
  encoding: 'form',
  answers: { 200: { description: 'What it stands for.', body: introspection }, ...oauthRefusals },
  problems: [],
  never: toldAsOAuth,
  access: 'tokens:introspect',
});
