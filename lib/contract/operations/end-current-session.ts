import { nothing } from '../nothing';
import { operation } from '../operation';
import { unconfirmedEnd } from '../unconfirmed-end';

export const endCurrentSession = operation({
  id: 'endCurrentSession',
  method: 'DELETE',
  path: '/current',
  section: 'sessions',
  summary: 'Sign out',
  description: 'Any token of the session will do, also one that has expired.',
  query: nothing,
  body: undefined,
  answers: {
    204: { description: 'The session is over.' },
    202: { description: 'The session is over, but replicas did not confirm it in time.', body: unconfirmedEnd },
  },
  problems: [],
  // A dead token signs out as well as a live one.
  never: ['token_invalid', 'token_expired', 'session_expired', 'session_revoked', 'hook_failed'],
  access: 'session',
});
