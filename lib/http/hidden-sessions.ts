import { SessionError } from '../domain/error';
import type { Page, SessionView } from '../domain/session-view';
import type { SessionManager } from '../session-manager';
import type { ListOptions } from '../use-cases/inputs';

type Asker = Pick<SessionView<object>, 'id' | 'userId'>;

/** A page of what people see of their sessions. 1 round trip; 1 more where any are hidden. */
export async function listShown(
  sessions: SessionManager<object>,
  { id, userId }: Asker,
  options: ListOptions,
): Promise<Page<SessionView<object>>> {
  const isAllShown = sessions.settings.impersonation.visible;
  return isAllShown ? sessions.list(userId, options) : sessions.impersonation.listWithout(userId, options, id);
}

/** Whether people see this one among their sessions: where the app hides what administrators do in their place, only those see theirs. */
export function isShown(
  { settings }: SessionManager<object>,
  asker: Asker,
  { id, actor }: SessionView<object>,
): boolean {
  return actor === undefined || settings.impersonation.visible || id === asker.id;
}

/** A hidden session answers as an unknown one, whatever is asked of it. 1 round trip where any are hidden. @throws SessionError `not_found` */
export async function refuseHidden(sessions: SessionManager<object>, asker: Asker, id: string): Promise<void> {
  if (sessions.settings.impersonation.visible || id === asker.id) return;
  const view = await sessions.get(id, { owner: asker.userId });
  if (view && !isShown(sessions, asker, view)) throw new SessionError('not_found');
}
