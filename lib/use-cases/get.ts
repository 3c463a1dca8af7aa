import type { SessionView } from '../domain/session-view';
import type { Context } from './context';
import type { OwnerOption } from './inputs';
import { findLive } from './live-session';
import { readOwner } from './owner';
import { presentSession } from './present';

export async function getSession(
  context: Context,
  id: string,
  options: OwnerOption,
): Promise<SessionView | undefined> {
  const record = await findLive(context, id, readOwner(options, 'get'));
  return record && presentSession(record);
}
