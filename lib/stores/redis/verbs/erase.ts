import type { Erase, EraseOutcome } from '../../../store/erasure';
import { encodeAudit } from '../audit-codec';
import type { Backend } from '../backend';
import { namesInOneSlot } from '../one-slot';
import { forgetAccess } from './forget-access';
import { forgetFeed } from './forget-feed';

/** The user's own slot in one step, sessions first; then the logs, which lie elsewhere, in further ones, each with its own deadline. */
export async function erase(backend: Backend, command: Erase): Promise<EraseOutcome> {
  const { security, keys } = backend;
  const { user, userId, attempt, epoch, counters, audit } = command;
  const { reply, durable } = await security.write(
    'erase',
    [keys.index(user), keys.audit(user), keys.epoch(user), keys.ownLimit(user), keys.oneTimesOf(user)],
    command,
    [attempt, epoch, audit ? encodeAudit({ ...audit, count: 0 }) : '', ...namesInOneSlot(counters, user)],
  );
  const isOutOfLog = userId === null || (await forgetAccess(backend, { user, userId }));
  const isOutOfFeed = await forgetFeed(backend, command);
  return { status: 'erased', count: Number(reply[1]), durable: durable && isOutOfLog && isOutOfFeed };
}
