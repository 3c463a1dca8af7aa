import type { HistoryEntry } from '../domain/history-entry';
import type { Page } from '../domain/session-view';
import type { SessionManager } from '../session-manager';
import { checkPageSize } from '../use-cases/check';
import { historyCursor } from '../use-cases/history';
import type { HistoryOptions } from '../use-cases/inputs';

const largestPage = 100;

/**
 * A page of what people see of their history. Which administrator it was, and why they acted in someone's place, is the app's business.
 * Where it hides such sessions, whatever tells of one is left out, and neither the length of a page nor its cursor shows that
 * anything was. 1 round trip; up to 5 where any are hidden.
 */
export async function shownActivity(
  sessions: SessionManager<object>,
  userId: string,
  options: HistoryOptions,
): Promise<Page<HistoryEntry>> {
  const isAllShown = sessions.settings.impersonation.visible;
  const page = isAllShown ? await sessions.history(userId, options) : await unhidden(sessions, userId, options);
  return { ...page, data: page.data.map(shownEntry) };
}

function shownEntry(entry: HistoryEntry): HistoryEntry {
  const shown = { ...entry, actor: { type: entry.actor.type } };
  // The device is the administrator's.
  return entry.event === 'impersonation_started' ? { ...shown, reason: null, client: null } : shown;
}

async function unhidden(
  sessions: SessionManager<object>,
  userId: string,
  { cursor, limit: given }: HistoryOptions,
): Promise<Page<HistoryEntry>> {
  const limit = checkPageSize(given);
  const rest = await readAll(sessions, userId, cursor);
  // Such a session is known by the entry of its beginning, which may stand on an earlier page.
  const all = cursor === undefined ? rest : await readAll(sessions, userId);
  const begun = all.filter(({ event }) => event === 'impersonation_started');
  const hidden = new Set(begun.map(({ sessionId }) => sessionId));
  const shown = rest.filter(
    ({ actor, sessionId }) => actor.type !== 'impersonator' && !(sessionId !== null && hidden.has(sessionId)),
  );
  const data = shown.slice(0, limit);
  const last = shown.length > limit ? data.at(-1) : undefined;
  return { data, nextCursor: last ? historyCursor(userId, last.id) : null };
}

/** The history from here on. Stores keep two hundred entries of a user. */
async function readAll(sessions: SessionManager<object>, userId: string, from?: string): Promise<HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  let cursor: string | null | undefined = from;
  do {
    const page = await sessions.history(userId, { limit: largestPage, ...(cursor !== undefined && { cursor }) });
    entries.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return entries;
}
