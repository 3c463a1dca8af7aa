import { endedAnswers } from '../ended-answers';
import { nothing } from '../nothing';
import { operation } from '../operation';
import { sessionParameter } from '../session-parameter';

export const endSession = operation({
  id: 'endSession',
  method: 'DELETE',
  path: '/{id}',
  section: 'sessions',
  summary: 'End one of your sessions',
  parameters: sessionParameter,
  query: nothing,
  body: undefined,
  answers: endedAnswers,
  problems: ['not_found', 'login_required', 'forbidden_while_impersonating'],
  access: 'session',
});
