import { endDevice as operation } from '../../contract/operations/end-device';
import { SessionError } from '../../domain/error';
import { actorIn } from '../actor-in';
import { forgetSession } from '../forget-session';
import { revokeShownDevice } from '../hidden-sessions';
import { requestSession } from '../request-session';
import { route } from '../route';

/**
 * Ends the asker's sessions on one device. Where it is their own, this session goes last: until then the call can be repeated. That
 * takes a recent login too, since others end with it; signing out alone does not.
 */
export const endDevice = route(operation, {
  isSensitive: () => true,
  async answer({ sessions, req, res, session, params }) {
    const deviceId = params['deviceId']!;
    const isOwn = deviceId === session.device.id;
    const actor = actorIn(session);
    const others = await revokeShownDevice(sessions, session, deviceId, { reason: 'revoked', actor });
    if (others.status === 'not-found' && !isOwn) throw new SessionError('not_found');
    let { count, durable } = others.status === 'ended' ? others : { count: 0, durable: true };
    if (isOwn) {
      const own = await sessions.revoke(session.id, { owner: session.userId, reason: 'signed_out', actor });
      forgetSession(sessions, req, res, requestSession(req, sessions));
      // Somebody else may have been first.
      if (own.status === 'ended') {
        count++;
        durable &&= own.durable;
      }
    }
    return durable ? { status: 200, body: { ended: count } } : { status: 202, body: { ended: count, durable } };
  },
});
