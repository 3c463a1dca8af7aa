import type { HistoryEntry } from '../domain/history-entry';
import type { Page } from '../domain/session-view';
import type { SessionManager } from '../session-manager';
import { checkPageSize } from '../use-cases/check';
import { isFirst } from '../use-cases/cursor';
import { historyCursor } from '../use-cases/history';
import type { HistoryOptions } from '../use-cases/inputs';

const largestPage = 100;

/**
 * A page of what people see of their history. Which administrator it was, and why they acted in someone's place, is the app's business.
 * Where it hides such sessions, whatever tells of one is left out, and neither the length of a page nor its cursor shows that
 * anything was. 1 round trip; up to 9 where any are hidden.
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
  const rest = await readAll(sessions, userId, cursor ?? null);
  // Such a session is known by any of its entries, which may stand on an earlier page: that of its beginning may be forgotten. Or by its record.
  const all = isFirst(cursor) ? rest : await readAll(sessions, userId);
  const { data: known } = await sessions.list(userId, { include: 'ended', limit: largestPage });
  const hidden = new Set<string | null>(known.filter(({ actor }) => actor).map(({ id }) => id));
  for (const { sessionId } of all.filter(tellsOfImpersonation)) hidden.add(sessionId);
  const shown = rest.filter(
    (entry) => !tellsOfImpersonation(entry) && !(entry.sessionId !== null && hidden.has(entry.sessionId)),
  );
  const data = shown.slice(0, limit);
  const last = shown.length > limit ? data.at(-1) : undefined;
  return { data, nextCursor: last ? historyCursor(userId, last) : null };
}

const endings: readonly (string | null)[] = ['impersonation_stopped', 'impersonator_signed_out'];

/** Whether an entry alone shows that its session is an administrator's in the user's place. */
function tellsOfImpersonation({ event, actor, reason }: HistoryEntry): boolean {
  return event === 'impersonation_started' || actor.type === 'impersonator' || endings.includes(reason);
}

/** The history from here on. Stores keep some two hundred and fifty entries of a user. */
async function readAll(
  sessions: SessionManager<object>,
  userId: string,
  from: string | null = null,
): Promise<HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  let cursor = from;
  do {
    const page = await sessions.history(userId, { limit: largestPage, cursor });
    entries.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return entries;
}
