import { endFleet as operation } from '../../../contract/operations/admin/end-fleet';
import type { Actor } from '../../../domain/actor';
import type { EndReason } from '../../../domain/end-reason';
import type { SessionManager } from '../../../session-manager';
import type { Answer } from '../../router/endpoint';
import { adminRoute } from '../admin-route';

/** Ends everybody's sessions, in two calls: whoever sends one by mistake has counted them. */
export const endFleet = adminRoute(operation, {
  answer({ sessions, body: { confirmation, reason }, by }) {
    return confirmation === undefined ? prepare(sessions, by, reason) : begin(sessions, by, confirmation);
  },
});

async function prepare(
  { fleet }: SessionManager<object>,
  actor: Actor,
  reason: EndReason | undefined,
): Promise<Answer> {
  const prepared = await fleet.prepareEnding({ reason, actor });
  const { sessions, users, confirmation, expiresAt } = prepared;
  return { status: 200, body: { sessions, users, confirmation, expiresAt } };
}

async function begin({ fleet }: SessionManager<object>, actor: Actor, confirmation: string): Promise<Answer> {
  const outcome = await fleet.endAll(confirmation, { actor });
  if (outcome.status !== 'started') throw outcome.error;
  return { status: 202, body: { ending: outcome.ending } };
}
