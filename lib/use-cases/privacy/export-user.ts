import type { AccessLogEntry } from '../../domain/access-log-entry';
import { isoTime } from '../../domain/iso-time';
import type { HistoryEntry } from '../../domain/history-entry';
import type { UserKey } from '../../domain/session-id';
import type { Page, SessionView } from '../../domain/session-view';
import { refuseUnknown } from '../../options/read-options';
import type { ListQuery } from '../../store/commands';
import { withoutUser } from '../../store/forgotten-access';
import { presentAccess } from '../access-log';
import { checkUserId } from '../check';
import type { Context } from '../context';
import { readHistory } from '../history';
import type { Lockout } from '../lockout/lockout';
import { presentEnded, presentSession } from '../present';
import { readAccounts } from './accounts';
import { everySession } from './every-session';
import { exportAudit } from './export-audit';
import type { AccountsOption } from './inputs';
import type { ExportedAccount, ExportedOneTimeToken, UserExport } from './outcomes';

const atOnce = 1_000;
const pageSize = 100;

/** Reads all that is kept of a user; what changes meanwhile may be in it as it was or as it is. */
export async function exportUser(
  context: Context,
  lockout: Lockout,
  userId: string,
  options: AccountsOption,
): Promise<UserExport> {
  refuseUnknown(options, ['accounts'], 'privacy.export');
  const user = checkUserId(userId);
  const names = readAccounts(options.accounts);
  const accounts: ExportedAccount[] = [];
  for (const name of names) accounts.push(await exportAccount(lockout, name));
  return {
    userId,
    exportedAt: isoTime(await context.time.at()),
    sessions: {
      active: await viewsOf(context, user, 'active'),
      expired: await viewsOf(context, user, 'expired'),
      ended: await viewsOf(context, user, 'ended'),
    },
    history: await everyEntry((page) => readHistory(context, userId, page)),
    limit: await context.store.findLimit(user),
    oneTimeTokens: await oneTimesOf(context, user),
    accessLog: await callsAbout(context, user, userId),
    audit: await exportAudit(context, user, userId),
    accounts,
  };
}

async function viewsOf(context: Context, user: UserKey, kind: ListQuery['kind']): Promise<readonly SessionView[]> {
  const views: SessionView[] = [];
  for await (const record of everySession(context, user, kind)) {
    views.push(kind === 'active' ? presentSession(record) : presentEnded(record));
  }
  return views;
}

async function everyEntry(
  read: (page: { limit: number; cursor?: string }) => Promise<Page<HistoryEntry>>,
): Promise<readonly HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<HistoryEntry> = await read({ limit: pageSize, ...(cursor !== null && { cursor }) });
    entries.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return entries;
}

async function oneTimesOf({ store }: Context, user: UserKey): Promise<readonly ExportedOneTimeToken[]> {
  const oneTimes = await store.listOneTimes(user);
  return oneTimes.map(({ purpose, expiresAt, uses }) => ({ purpose, expiresAt: isoTime(expiresAt), uses }));
}

/** What an erasure would make nameless. */
async function callsAbout(
  { store, time }: Context,
  user: UserKey,
  userId: string,
): Promise<readonly AccessLogEntry[]> {
  const calls: AccessLogEntry[] = [];
  const at = await time.at();
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.accessLog>> = await store.accessLog({
      at,
      after,
      limit: atOnce,
      actor: null,
    });
    const theirs = page.entries.filter((entry) => withoutUser(entry, { user, userId }) !== undefined);
    calls.push(...theirs.map(presentAccess));
    after = page.next;
  } while (after !== null);
  return calls;
}

async function exportAccount(lockout: Lockout, account: string): Promise<ExportedAccount> {
  const state = await lockout.state(account);
  return { ...state, history: await everyEntry((page) => lockout.history(account, page)) };
}
