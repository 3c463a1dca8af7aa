import { setUserLimit as operation } from '../../../contract/operations/admin/set-user-limit';
import { adminRoute } from '../admin-route';
import { endedManyAnswer } from '../ended-many-answer';

const nothingEnded = Object.freeze({ count: 0, durable: true });

/** Gives a user a limit, and where asked for ends what exceeds the limits. Both may be done again: a call that failed half-way can be repeated. */
export const setUserLimit = adminRoute(operation, {
  async answer({ sessions, params, body: { limit, trim = false }, by }) {
    const userId = params['userId']!;
    await sessions.limits.set(userId, limit, { actor: by });
    const ended = trim ? await sessions.limits.trim(userId, { actor: by }) : nothingEnded;
    return endedManyAnswer(ended, { limit });
  },
});
