import { anySessionParameter } from '../../any-session-parameter';
import { nothing } from '../../nothing';
import { oneSession } from '../../one-session';
import { operation } from '../../operation';

export const findSession = operation({
  id: 'findSession',
  method: 'GET',
  path: '/sessions/{sessionId}',
  section: 'sessions',
  summary: 'A session by its id, whoever’s it is',
  parameters: anySessionParameter,
  query: nothing,
  body: undefined,
  answers: { 200: { description: 'The session.', body: oneSession } },
  problems: ['not_found'],
  access: 'fleet:read',
});
