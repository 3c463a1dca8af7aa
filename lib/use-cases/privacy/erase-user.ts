import type { Actor } from '../../domain/actor';
import type { UserKey } from '../../domain/session-id';
import { refuseUnknown } from '../../options/read-options';
import { type Erase, erasedReason } from '../../store/erasure';
import { auditEntry } from '../audit';
import { checkUserId } from '../check';
import type { Context } from '../context';
import { readActor, systemActor } from '../ending';
import { refuseImpersonator } from '../impersonation/refused-actor';
import { countedAccount, type Origin, readAccounts } from './accounts';
import { everySession, sessionKinds } from './every-session';
import type { EraseUserOptions } from './inputs';
import type { EraseUserOutcome } from './outcomes';

type Forgetting = Pick<Erase, 'user' | 'userId' | 'account' | 'counters'>;

/** Forgets a user, sessions first, then the accounts. What was done of it when it fails is done; it may be repeated. */
export async function eraseUser(
  context: Context,
  userId: string,
  options: EraseUserOptions,
): Promise<EraseUserOutcome> {
  const { actor: given = systemActor, accounts } = refuseUnknown(
    options,
    ['actor', 'accounts'],
    'privacy.erase',
  ) as EraseUserOptions;
  const user = checkUserId(userId);
  const actor = readActor(given);
  refuseImpersonator(actor);
  const names = readAccounts(accounts);
  const origins = names.length > 0 ? await originsOf(context, user) : [];

  const { count, durable } = await forget(context, { user, userId, account: null, counters: [] }, userId, actor);
  const told = { userId, count, actor, durable };
  if (count > 0) context.events.emit('sessions.ended', { ...told, reason: erasedReason });
  for (const name of names) {
    await forget(context, { ...countedAccount(name, origins), userId: null, account: name }, userId, null);
  }
  context.events.emit('user.erased', told);
  return { status: 'erased', count, durable };
}

/** `actor`: of the entry that sinks are told, which names nobody else; null for none. */
async function forget(
  { settings, store, time, unconfirmed }: Context,
  forgetting: Forgetting,
  userId: string,
  actor: Actor | null,
) {
  const write = await time.stamp();
  const entry = actor && auditEntry(settings, write.at, 'user_erased', { actor, sessionId: null });
  // Past the clock's error, so that no process can take what began before this for something after it.
  const command: Erase = { ...write, ...forgetting, epoch: write.at + time.errorMilliseconds(), audit: entry };
  const outcome = await store.erase(command);
  await time.waitUntilPast(command.epoch);
  if (!outcome.durable) {
    unconfirmed.add({ userId, sessionId: null, repeat: (notAfter) => store.erase({ ...command, notAfter }) });
  }
  return outcome;
}

async function originsOf(context: Context, user: UserKey): Promise<readonly Origin[]> {
  const origins = new Map<string, Origin>();
  for (const kind of sessionKinds) {
    for await (const { profile } of everySession(context, user, kind)) {
      const { ip, deviceId } = profile;
      origins.set(JSON.stringify([ip, deviceId]), { ip, deviceId });
    }
  }
  return [...origins.values()];
}
