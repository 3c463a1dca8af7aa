import type { HistoryEntry } from '../domain/history-entry';
import type { SessionManager } from '../session-manager';

const largestPage = 100;

/**
 * What people see of their history. Which administrator it was, and why they acted in someone's place, is the app's business.
 * Where it hides such sessions, whatever tells of one is left out.
 */
export async function shownActivity(
  sessions: SessionManager<object>,
  userId: string,
  entries: readonly HistoryEntry[],
): Promise<HistoryEntry[]> {
  const isHidden = sessions.settings.impersonation.visible ? () => false : await hiding(sessions, userId);
  return entries
    .filter((entry) => !isHidden(entry))
    .map((entry) => ({
      ...entry,
      actor: { type: entry.actor.type },
      reason: entry.event === 'impersonation_started' ? null : entry.reason,
    }));
}

/** Such a session is known by the entry of its beginning, which may stand on another page. */
async function hiding(sessions: SessionManager<object>, userId: string): Promise<(entry: HistoryEntry) => boolean> {
  const hidden = new Set<string | null>();
  let cursor: string | null | undefined;
  do {
    const page = await sessions.history(userId, { limit: largestPage, ...(cursor && { cursor }) });
    for (const { event, sessionId } of page.data) if (event === 'impersonation_started') hidden.add(sessionId);
    cursor = page.nextCursor;
  } while (cursor);
  return ({ actor, sessionId }) => actor.type === 'impersonator' || (sessionId !== null && hidden.has(sessionId));
}
