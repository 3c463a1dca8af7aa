import { amendSession as body } from '../amend-session';
import { nothing } from '../nothing';
import { oneSession } from '../one-session';
import { operation } from '../operation';
import { sessionParameter } from '../session-parameter';

export const amendSession = operation({
  id: 'amendSession',
  method: 'PATCH',
  path: '/{id}',
  section: 'sessions',
  summary: 'Name or trust one of your devices',
  parameters: sessionParameter,
  query: nothing,
  body,
  answers: { 200: { description: 'The session as it is now.', body: oneSession } },
  problems: ['not_found', 'login_required', 'forbidden_while_impersonating'],
  access: 'session',
});
