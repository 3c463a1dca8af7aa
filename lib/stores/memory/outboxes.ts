import type { AuditEntry } from '../../domain/audit-entry';
import type { Clock } from '../../domain/clock';
import { type UserKey, userTag } from '../../domain/session-id';
import type { Letters } from '../../store/erasure';
import type * as outbox from '../../store/outbox';
import type { Retention } from '../../store/retention';
import { type HeldLetter, LetterBox } from './letter-box';

const mostClaimed = 1_000;
const day = 86_400_000;

/** Entries on their way to sinks, as far as this process goes. */
export class Outboxes {
  readonly #boxes = new Map<string, LetterBox>();
  readonly #now: Clock;
  readonly #retention: Retention;

  constructor(now: Clock, retention: Retention) {
    this.#now = now;
    this.#retention = retention;
  }

  get size(): number {
    return this.#boxes.size;
  }

  /** `near`: under whose tag, where that is not the one in whose history it stands. */
  post(user: UserKey, entry: AuditEntry, userId: string | null, near = user): void {
    this.#open(userTag(near)).post(user, entry, userId);
  }

  due({ tags, at }: Parameters<outbox.Outbox['due']>[0]): readonly string[] {
    return tags.filter((tag) => {
      const box = this.#boxes.get(tag);
      return box !== undefined && box.letters.length + box.dueAt(at).length > 0;
    });
  }

  claim({ tag, worker, at, until, limit }: outbox.ClaimOutbox): outbox.ClaimOutboxOutcome {
    const box = this.#open(tag);
    const { lease, lost: dropped } = box;
    if (lease && lease.worker !== worker && lease.until > at) return { status: 'leased', until: lease.until };
    box.lease = { worker, until };
    box.lost = 0;
    const most = Math.min(limit, mostClaimed);
    const news = box.letters.slice(0, most);
    // What failed before gets half of the room at least, so that it comes though new letters come all the time.
    const due = box.dueAt(at).slice(0, Math.max(most - news.length, Math.ceil(most / 2)));
    const letters = [...due, ...news].slice(0, most).map(shown);
    return { status: 'claimed', letters, dropped };
  }

  settle(command: outbox.SettleOutbox): outbox.SettleOutboxOutcome {
    const { tag, worker, at, settled, later, dead, release } = command;
    const box = this.#boxes.get(tag);
    if (box?.lease?.worker !== worker) return { status: 'lost' };
    const known = new Map([...box.letters, ...box.later].map((letter) => [letter.id, letter]));
    box.remove(new Set(settled));
    box.keep(
      later.flatMap(({ letter: { id, attempts }, sink, dueAt }) => {
        const held = known.get(id);
        return held ? [{ ...held, id: idFor(held, sink), sink, attempts, dueAt }] : [];
      }),
    );
    box.bury(
      dead.flatMap(({ letter: { id }, sink, because }) => {
        const held = known.get(id);
        return held ? [{ tag, sink, because, diedAt: at, ...partsOf(held) }] : [];
      }),
    );
    for (const { dueAt } of later) box.collectAt = Math.max(box.collectAt, this.#now() + dueAt - at + day);
    if (release) box.lease = null;
    const remaining = box.letters.length + box.dueAt(at).length;
    this.#dropEmpty(tag, box);
    return { status: 'settled', remaining };
  }

  deadLetters({ tags, limit }: Parameters<outbox.Outbox['deadLetters']>[0]): readonly outbox.DeadLetter[] {
    const all = tags.flatMap((tag) => this.#boxes.get(tag)?.dead ?? []);
    return all.slice(0, limit).map(({ user: _, ...letter }) => letter);
  }

  revive({ tag, sink, at }: Parameters<outbox.Outbox['revive']>[0]): number {
    const box = this.#boxes.get(tag);
    const revived = box?.dead.filter((letter) => sink === null || letter.sink === sink) ?? [];
    if (!box || revived.length === 0) return 0;
    box.dead = box.dead.filter((letter) => !revived.includes(letter));
    box.keep(
      revived.map((letter) => {
        const id = `${letter.entry.id}:${letter.sink}`;
        return { id, ...partsOf(letter), sink: letter.sink, attempts: 0, dueAt: at };
      }),
    );
    return revived.length;
  }

  /** What is on its way of this history. */
  of(user: UserKey): Letters {
    const box = this.#boxes.get(userTag(user));
    const theirs = (letters: readonly { user: UserKey; entry: AuditEntry }[] = []): AuditEntry[] =>
      letters.filter((letter) => letter.user === user).map(({ entry }) => entry);
    return { waiting: [...theirs(box?.letters), ...theirs(box?.later)], dead: theirs(box?.dead) };
  }

  /** Forgets what is on its way of this history. */
  forget(user: UserKey): void {
    const box = this.#boxes.get(userTag(user));
    box?.forget((letter) => letter.user === user);
  }

  collect(): void {
    const now = this.#now();
    for (const [tag, { collectAt }] of this.#boxes) if (collectAt <= now) this.#boxes.delete(tag);
  }

  #open(tag: string): LetterBox {
    const box = this.#boxes.get(tag) ?? new LetterBox(this.#retention);
    this.#boxes.set(tag, box);
    box.collectAt = this.#now() + this.#retention.outboxMilliseconds;
    return box;
  }

  #dropEmpty(tag: string, box: LetterBox): void {
    if (box.isEmpty) this.#boxes.delete(tag);
  }
}

function shown({ user: _, ...letter }: HeldLetter): outbox.Letter {
  const { id, entry, userId, sink, attempts } = letter;
  return { id, entry, userId, sink, attempts };
}

function idFor({ entry }: HeldLetter, sink: string): string {
  return `${entry.id}:${sink}`;
}

function partsOf({ user, entry, userId }: Pick<HeldLetter, 'user' | 'entry' | 'userId'>) {
  return { user, entry, userId };
}
