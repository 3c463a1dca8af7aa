import type { SessionView } from '../domain/session-view';
import type { Context } from './context';
import type { OwnerOption } from './inputs';
import { findLive } from './live-session';
import { presentSession } from './present';

export async function getSession(
  context: Context,
  id: string,
  { owner }: OwnerOption,
): Promise<SessionView | undefined> {
  const record = await findLive(context, id, owner);
  return record && presentSession(record);
}
