import { nothing } from '../nothing';
import { operation } from '../operation';
import { refreshTokens } from '../refresh-tokens';
import { renewedSession } from '../renewed-session';

export const refreshSession = operation({
  id: 'refreshSession',
  method: 'POST',
  path: '/refresh',
  section: 'tokens',
  summary: 'Exchange a refresh token for the next pair',
  description:
    'The token in the body is answered with tokens in the body; without one, the refresh cookie with cookies.',
  query: nothing,
  body: refreshTokens,
  answers: { 200: { description: 'The session, and for a bearer client its tokens.', body: renewedSession } },
  problems: [
    'no_session',
    'token_invalid',
    'session_expired',
    'session_revoked',
    'credentials_conflict',
    'csrf_refused',
    'hook_failed',
  ],
  access: 'anyone',
});
