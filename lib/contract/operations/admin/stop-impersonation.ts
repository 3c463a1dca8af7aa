import { anySessionParameter } from '../../any-session-parameter';
import { nothing } from '../../nothing';
import { operation } from '../../operation';
import { unconfirmedEnd } from '../../unconfirmed-end';

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
  answers: {
    204: { description: 'It is over.' },
    202: { description: 'It is over, but replicas did not confirm it in time.', body: unconfirmedEnd },
  },
  problems: ['not_found'],
  access: 'impersonate',
});
