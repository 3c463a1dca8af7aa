import { nothing } from '../nothing';
import { operation } from '../operation';
import { sessionParameter } from '../session-parameter';
import { unconfirmedEnd } from '../unconfirmed-end';

export const endSession = operation({
  id: 'endSession',
  method: 'DELETE',
  path: '/{id}',
  section: 'sessions',
  summary: 'End one of your sessions',
  parameters: sessionParameter,
  query: nothing,
  body: undefined,
  answers: {
    204: { description: 'The session is over.' },
    202: { description: 'The session is over, but replicas did not confirm it in time.', body: unconfirmedEnd },
  },
  problems: ['not_found', 'login_required', 'forbidden_while_impersonating'],
  access: 'session',
});
