import { nothing } from '../nothing';
import { oneSession } from '../one-session';
import { operation } from '../operation';

export const showCurrentSession = operation({
  id: 'showCurrentSession',
  method: 'GET',
  path: '/current',
  section: 'sessions',
  summary: 'The session of this request',
  query: nothing,
  body: undefined,
  answers: { 200: { description: 'The session, with all its deadlines.', body: oneSession } },
  problems: [],
  access: 'session',
});
