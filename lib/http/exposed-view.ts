import { exposedData } from '../domain/exposed-data';
import type { SessionView } from '../domain/session-view';
import { viewForBearer } from '../domain/unproven-view';
import type { SessionManager } from '../session-manager';

/** A session as its user's client sees it. */
export interface ExposedView extends Omit<SessionView<object>, 'actor'> {
  /** Who uses it in the user's place; why is told to administrators alone. */
  readonly actor?: { readonly id: string };
}

/** A session as an answer shows it: of the app's `data` only what the `expose` option lists. */
export function exposedView(
  { settings }: SessionManager<object>,
  session: SessionView<object>,
  current = session.current,
): ExposedView {
  // Another session of the list may owe a login; whoever reads the list does not.
  const { actor, ...view } = current ? viewForBearer(session) : session;
  const data = exposedData(view.data, settings.expose);
  return { ...view, current, data, ...(actor && { actor: { id: actor.id } }) };
}
