import { nothing } from '../nothing';
import { operation } from '../operation';
import { renewedSession } from '../renewed-session';
import { requestTokenProof } from '../request-token-proof';

export const exchangeToken = operation({
  id: 'exchangeToken',
  method: 'POST',
  path: '/token',
  section: 'sign-in',
  summary: 'Exchange a request token for a session',
  description:
    'Finishes a sign-in whose user is known, such as after a social login, for the client that began it: it proves that with the verifier of its PKCE challenge (RFC 7636). The first call spends the token, whatever comes of it.',
  query: nothing,
  body: requestTokenProof,
  answers: { 200: { description: 'The new session, and for a bearer client its tokens.', body: renewedSession } },
  problems: [
    'one_time_token_invalid',
    'session_limit_reached',
    'stale_sign_in',
    'sign_in_refused',
    'csrf_refused',
    'credentials_conflict',
    'hook_failed',
  ],
  access: 'anyone',
});
