import type { UserKey } from '../../../domain/session-id';
import type { Backend } from '../backend';

export async function findLimit({ client, calls, keys }: Backend, user: UserKey): Promise<number | null> {
  const key = keys.ownLimit(user);
  const text = await calls.run(() => client.getBuffer(key));
  return text === null ? null : Number(text);
}
