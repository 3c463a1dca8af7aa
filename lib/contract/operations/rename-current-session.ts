import { nothing } from '../nothing';
import { oneSession } from '../one-session';
import { operation } from '../operation';
import { renameSession } from '../rename-session';

export const renameCurrentSession = operation({
  id: 'renameCurrentSession',
  method: 'PATCH',
  path: '/current',
  section: 'sessions',
  summary: 'Name the device of this session',
  query: nothing,
  body: renameSession,
  answers: { 200: { description: 'The session as it is now.', body: oneSession } },
  problems: ['not_found', 'forbidden_while_impersonating'],
  access: 'session',
});
