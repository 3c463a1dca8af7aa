import { redeliverDeadLetters as operation } from '../../../contract/operations/admin/redeliver-dead-letters';
import { adminRoute } from '../admin-route';

/** Gives sinks again what they have not taken. */
export const redeliverDeadLetters = adminRoute(operation, {
  async answer({ sessions, body: { sink } }) {
    return { status: 200, body: await sessions.audit.redeliver(sink === null ? {} : { sink }) };
  },
});
