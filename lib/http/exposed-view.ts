import { exposedData } from '../domain/exposed-data';
import type { SessionView } from '../domain/session-view';
import type { SessionManager } from '../session-manager';

/** A session as an answer shows it: of the app's `data` only what the `expose` option lists. */
export function exposedView(
  { settings }: SessionManager<object>,
  view: SessionView<object>,
  current = view.current,
): SessionView<object> {
  return { ...view, current, data: exposedData(view.data, settings.expose) };
}
