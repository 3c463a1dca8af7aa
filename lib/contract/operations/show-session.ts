import { nothing } from '../nothing';
import { oneSession } from '../one-session';
import { operation } from '../operation';
import { sessionParameter } from '../session-parameter';

export const showSession = operation({
  id: 'showSession',
  method: 'GET',
  path: '/{id}',
  section: 'sessions',
  summary: 'One of your sessions',
  parameters: sessionParameter,
  query: nothing,
  body: undefined,
  answers: { 200: { description: 'The session.', body: oneSession } },
  problems: ['not_found'],
  access: 'session',
});
