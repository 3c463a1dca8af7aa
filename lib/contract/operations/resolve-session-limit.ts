import { limitResolution } from '../limit-resolution';
import { nothing } from '../nothing';
import { operation } from '../operation';
import { renewedSession } from '../renewed-session';

export const resolveSessionLimit = operation({
  id: 'resolveSessionLimit',
  method: 'POST',
  path: '/limit-resolutions',
  section: 'sign-in',
  summary: 'End one session, and be signed in',
  description: 'Goes on with a sign-in that was refused with `session_limit_reached`, by the token in that answer.',
  query: nothing,
  body: limitResolution,
  answers: { 200: { description: 'The new session, and for a bearer client its tokens.', body: renewedSession } },
  problems: [
    'token_invalid',
    'not_found',
    'session_limit_reached',
    'stale_sign_in',
    'sign_in_refused',
    'csrf_refused',
    'credentials_conflict',
    'hook_failed',
  ],
  access: 'anyone',
});
