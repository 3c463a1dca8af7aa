import { anySessionParameter } from '../../any-session-parameter';
import { endedAnswers } from '../../ended-answers';
import { nothing } from '../../nothing';
import { operation } from '../../operation';

export const stopImpersonation = operation({
  id: 'stopImpersonation',
  method: 'DELETE',
  path: '/impersonations/{sessionId}',
  section: 'impersonation',
  summary: 'End an impersonation',
  description: 'Of a session that is none of an impersonation it knows nothing: 404.',
  parameters: anySessionParameter,
  query: nothing,
  body: undefined,
  answers: endedAnswers,
  problems: ['not_found'],
  access: 'impersonate',
});
