import type { AuditEntry } from '../../../lib/domain/audit-entry';
import type { HistoryQuery } from '../../../lib/store/commands';
import { owesLogin } from '../../../lib/store/kept-entries';
import type { HistoryOutcome } from '../../../lib/store/outcomes';
import { MemoryStore } from '../../../lib/stores/memory';

/** Keeps of a history what the broken store makes of it. */
abstract class OtherHistory extends MemoryStore {
  abstract kept(entries: readonly AuditEntry[]): readonly AuditEntry[];

  override async history(query: HistoryQuery): Promise<HistoryOutcome> {
    const { entries } = await super.history({ ...query, after: null, limit: 1_000 });
    const all = this.kept(entries);
    const first = query.after ? all.findIndex(({ id }) => id === query.after!.id) + 1 : 0;
    const page = query.after && first === 0 ? [] : all.slice(first, first + query.limit);
    const last = page.at(-1);
    return { entries: page, next: last && first + page.length < all.length ? last : null };
  }
}

/** Lets noise push out everything. */
class NewestAlone extends OtherHistory {
  override kept(entries: readonly AuditEntry[]): readonly AuditEntry[] {
    return entries.slice(0, 200);
  }
}

/** Keeps every reuse of a token. */
class EveryReuse extends MemoryStore {
  readonly #reused: AuditEntry[] = [];

  override note(command: Parameters<MemoryStore['note']>[0]): Promise<void> {
    if (command.audit.event === 'token_reused') this.#reused.unshift(command.audit);
    return super.note(command);
  }

  override async history(query: HistoryQuery): Promise<HistoryOutcome> {
    const { entries, next } = await super.history(query);
    const ids = new Set(entries.map(({ id }) => id));
    return { entries: [...entries, ...this.#reused.filter(({ id }) => !ids.has(id))], next };
  }
}

/** Takes each sign-in for one that tells who the user is. */
class EverySignIn extends MemoryStore {
  readonly #owing = new Set<string>();

  override note(command: Parameters<MemoryStore['note']>[0]): Promise<void> {
    const { audit } = command;
    if (audit.reason !== owesLogin) return super.note(command);
    this.#owing.add(audit.id);
    return super.note({ ...command, audit: { ...audit, reason: null } });
  }

  override async history(query: HistoryQuery): Promise<HistoryOutcome> {
    const { entries, next } = await super.history(query);
    const told = (entry: AuditEntry) => (this.#owing.has(entry.id) ? { ...entry, reason: owesLogin } : entry);
    return { entries: entries.map(told), next };
  }
}

/** Ends where the last entry seen is gone. */
class LostPlace extends OtherHistory {
  override kept(entries: readonly AuditEntry[]): readonly AuditEntry[] {
    return entries;
  }
}

/** Stores that go wrong about which entries outlast others, and which test finds out. */
export const brokenKeepings = [
  [NewestAlone, 'keeping entries: C-theft of what tells who the user is'],
  [EveryReuse, 'keeping entries: A61 and of that too the newest'],
  [EverySignIn, 'keeping entries: A61 sign-ins that were refused or owe a fresh login'],
  [EverySignIn, 'keeping entries: a sign-in that owes a fresh login is not kept'],
  [LostPlace, 'keeping entries: pages go on'],
] as const;
