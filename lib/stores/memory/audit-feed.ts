import { freeze } from '../../domain/freeze';
import type { Feed, FeedItem } from '../../store/outbox';
import type { Retention } from '../../store/retention';

const recent = 100;
const position = /^\d+$/;

interface Kept {
  /** Counts up: its place in the feed. */
  readonly number: number;
  readonly at: number;
  readonly item: FeedItem;
}

/** The feed across users, oldest first; the oldest are forgotten first. */
export class AuditFeed {
  readonly #retention: Retention;
  #kept: readonly Kept[] = [];
  #newest = 0;

  constructor(retention: Retention) {
    this.#retention = retention;
  }

  get size(): number {
    return this.#kept.length;
  }

  append({ entries, at, most }: Parameters<Feed['append']>[0]): void {
    const known = new Set(this.#kept.slice(-recent).map(({ item }) => item.entry.id));
    const added: Kept[] = [];
    for (const item of entries) {
      if (known.has(item.entry.id)) continue;
      known.add(item.entry.id);
      added.push({ number: (this.#newest += 1), at, item: freeze(item) });
    }
    if (added.length === 0) return;
    const oldest = at - this.#retention.auditMilliseconds;
    this.#kept = [...this.#kept, ...added].filter((one) => one.at > oldest).slice(-most);
  }

  read({ after, limit }: Parameters<Feed['read']>[0]): Awaited<ReturnType<Feed['read']>> {
    const seen = after === null ? 0 : position.test(after) ? Number(after) : Infinity;
    const page = this.#kept.filter(({ number }) => number > seen).slice(0, limit);
    const last = page.at(-1);
    return { items: page.map(({ item }) => item), next: last ? String(last.number) : after };
  }

  /** Forgets items of whoever is meant. */
  forget(isMeant: (item: FeedItem) => boolean): void {
    this.#kept = this.#kept.filter(({ item }) => !isMeant(item));
  }
}
