import type { SessionView } from '../domain/session-view';
import type { SessionManager } from '../session-manager';

/** A session as an answer shows it: of the app's `data` only what the `expose` option lists. */
export function exposedView(
  { settings }: SessionManager<object>,
  view: SessionView<object>,
  current = view.current,
): SessionView<object> {
  const data = settings.expose
    .filter((key) => Object.hasOwn(view.data, key))
    .map((key) => [key, (view.data as Record<string, unknown>)[key]]);
  return { ...view, current, data: Object.fromEntries(data) as object };
}
