import { nothing } from '../../nothing';
import { operation } from '../../operation';
import { signedIn } from '../../signed-in';
import { startImpersonation as body } from '../../start-impersonation';

export const startImpersonation = operation({
  id: 'startImpersonation',
  method: 'POST',
  path: '/impersonations',
  section: 'impersonation',
  summary: 'Act as a user, for a while and for a reason',
  description:
    'A session of its own, marked with who uses it, that nothing renews. The reason stands in the user’s history. `lifetime` is from 1 minute to 8 hours, 15 minutes unless given.',
  query: nothing,
  body,
  answers: { 201: { description: 'The session, and its access token.', body: signedIn } },
  problems: ['impersonation_refused', 'not_found', 'login_required', 'step_up_required', 'hook_failed'],
  access: 'impersonate',
});
