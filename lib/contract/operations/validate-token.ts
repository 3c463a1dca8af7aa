import { nothing } from '../nothing';
import { operation } from '../operation';
import { validation } from '../validation';

export const validateToken = operation({
  id: 'validateToken',
  method: 'POST',
  path: '/validate',
  section: 'tokens',
  summary: 'Whether your access token is good, and until when',
  description: 'Asking is no activity, and renews nothing.',
  query: nothing,
  body: nothing,
  answers: { 200: { description: 'It is good.', body: validation } },
  problems: [],
  // Only a renewal asks the app's functions.
  never: ['hook_failed'],
  access: 'session',
});
