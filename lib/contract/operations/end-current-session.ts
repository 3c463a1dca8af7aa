import { endedAnswers } from '../ended-answers';
import { nothing } from '../nothing';
import { operation } from '../operation';

export const endCurrentSession = operation({
  id: 'endCurrentSession',
  method: 'DELETE',
  path: '/current',
  section: 'sessions',
  summary: 'Sign out',
  description: 'Any token of the session will do, also one that has expired.',
  query: nothing,
  body: undefined,
  answers: endedAnswers,
  problems: [],
  // A dead token signs out as well as a live one.
  never: [
    'token_invalid',
    'token_expired',
    'session_expired',
    'session_revoked',
    'step_up_required',
    'hook_failed',
  ],
  access: 'session',
});
