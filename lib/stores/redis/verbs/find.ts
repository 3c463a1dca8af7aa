import type { SessionId } from '../../../domain/session-id';
import type { SessionRecord } from '../../../domain/session-record';
import type { Backend } from '../backend';

/** The path of every request: one GET. */
export async function find(
  { client, calls, keys, records }: Backend,
  id: SessionId,
): Promise<SessionRecord | undefined> {
  const key = keys.session(id);
  const bytes = await calls.run(() => client.getBuffer(key));
  return bytes === null ? undefined : records.decode(id, bytes);
}
