import { exposedData } from '../../domain/exposed-data';
import type { SessionView } from '../../domain/session-view';
import type { SessionManager } from '../../session-manager';

/**
 * A session as administrators see it: who uses it in the user's place in full, but of the app's `data` no more than anyone sees over
 * HTTP, which is what the `expose` option lists.
 */
export function adminView({ settings }: SessionManager<object>, view: SessionView<object>): SessionView<object> {
  return { ...view, current: false, data: exposedData(view.data, settings.expose) };
}
