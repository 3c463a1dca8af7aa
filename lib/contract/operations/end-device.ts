import { endedSessions } from '../ended-sessions';
import { nothing } from '../nothing';
import { operation } from '../operation';

export const endDevice = operation({
  id: 'endDevice',
  method: 'DELETE',
  path: '/devices/{deviceId}',
  section: 'sessions',
  summary: 'End all of your sessions on one device',
  description: 'Your own device may be named as well: it ends this session last.',
  parameters: { deviceId: 'The public id of the device, as `device.id` has it: never a credential.' },
  query: nothing,
  body: undefined,
  answers: {
    200: { description: 'They have ended; how many.', body: endedSessions },
    202: { description: 'They have ended, but replicas did not confirm it in time.', body: endedSessions },
  },
  problems: ['not_found', 'login_required', 'forbidden_while_impersonating'],
  access: 'session',
});
