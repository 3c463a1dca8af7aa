import { showFleetEnding as operation } from '../../../contract/operations/admin/show-fleet-ending';
import { SessionError } from '../../../domain/error';
import { adminRoute } from '../admin-route';

/** How far the last ending of everybody's sessions has come. */
export const showFleetEnding = adminRoute(operation, {
  async answer({ sessions }) {
    const ending = await sessions.fleet.progress();
    if (!ending) throw new SessionError('not_found', { detail: 'Everybody’s sessions have never been ended.' });
    return { status: 200, body: { ending } };
  },
});
