import { attemptBytes } from '../../../domain/secret';
import type { UserKey } from '../../../domain/session-id';
import type { Backend } from '../backend';

/** Behind the last four attempts that set it. */
const limitAt = 4 * attemptBytes;

export async function findLimit({ client, calls, keys }: Backend, user: UserKey): Promise<number | null> {
  const key = keys.ownLimit(user);
  const stored = await calls.run(() => client.getBuffer(key));
  return stored === null || stored.length <= limitAt ? null : Number(stored.toString('latin1', limitAt));
}
