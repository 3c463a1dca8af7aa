import { randomBytes } from 'node:crypto';
import type { Note } from '../../../lib/store/note';
import type { Feed, Outbox } from '../../../lib/store/outbox';
import { MemoryStore } from '../../../lib/stores/memory';

/** A store whose outbox or feed differs by this. */
function broken(
  name: string,
  change: { readonly outbox?: (whole: Outbox) => Partial<Outbox>; readonly feed?: (whole: Feed) => Partial<Feed> },
) {
  class Broken extends MemoryStore {
    constructor() {
      super();
      const outbox = { ...this.outbox, ...change.outbox?.(this.outbox) };
      const feed = { ...this.feed, ...change.feed?.(this.feed) };
      Object.defineProperties(this, { outbox: { value: outbox }, feed: { value: feed } });
    }
  }
  Object.defineProperty(Broken, 'name', { value: name });
  return Broken;
}

/** Writes a note again that is sent again. */
class RepeatingNotes extends MemoryStore {
  override note(command: Note): Promise<void> {
    const id = randomBytes(8).toString('base64url');
    return super.note({ ...command, audit: { ...command.audit, id } });
  }
}

/** Writes what its caller was told is lost. */
class LateNotes extends MemoryStore {
  override note(command: Note): Promise<void> {
    return super.note({ ...command, notAfter: Infinity });
  }
}

const leaseless = broken('Leaseless', {
  outbox: ({ claim }) => ({ claim: (command) => claim({ ...command, worker: 'anybody' }) }),
});

const holder = { worker: '' };
const trusting = broken('Trusting', {
  outbox: ({ claim, settle }) => ({
    claim: (command) => claim({ ...command, worker: (holder.worker = command.worker) }),
    settle: (command) => settle({ ...command, worker: holder.worker }),
  }),
});

const sweeping = broken('Sweeping', {
  outbox: ({ claim, settle }) => ({
    async settle(command) {
      const all = await claim({ ...command, until: command.at + 60_000, limit: 1_000 });
      if (all.status === 'leased') return { status: 'lost' };
      return settle({ ...command, settled: all.letters.map(({ id }) => id) });
    },
  }),
});

const impatient = broken('Impatient', {
  outbox: ({ claim }) => ({ claim: (command) => claim({ ...command, at: command.at + 3_600_000 }) }),
});

const forgetful = broken('Forgetful', {
  outbox: ({ settle }) => ({
    settle: (command) =>
      settle({
        ...command,
        later: command.later.map((one) => ({ ...one, letter: { ...one.letter, attempts: 0 } })),
      }),
  }),
});

const unmourning = broken('Unmourning', {
  outbox: ({ settle }) => ({ settle: (command) => settle({ ...command, dead: [] }) }),
});

const reviving = broken('RevivingAll', {
  outbox: ({ revive }) => ({ revive: (command) => revive({ ...command, sink: null }) }),
});

const silent = broken('Silent', {
  outbox: () => ({ claim: async () => ({ status: 'claimed', letters: [], dropped: 0 }) }),
});

const doubling = broken('Doubling', {
  outbox: ({ claim }) => ({
    async claim(command) {
      const outcome = await claim(command);
      if (outcome.status === 'leased') return outcome;
      return {
        ...outcome,
        letters: outcome.letters.flatMap((letter) => [letter, { ...letter, id: `${letter.id}'` }]),
      };
    },
  }),
});

const unordered = broken('Unordered', {
  outbox: ({ claim }) => ({
    async claim(command) {
      const outcome = await claim(command);
      return outcome.status === 'leased' ? outcome : { ...outcome, letters: outcome.letters.toReversed() };
    },
  }),
});

const uncounting = broken('Uncounting', {
  outbox: ({ claim }) => ({ claim: async (command) => ({ ...(await claim(command)), dropped: 0 }) as never }),
});

const alwaysDue = broken('AlwaysDue', { outbox: () => ({ due: ({ tags }) => Promise.resolve(tags) }) });

const growing = broken('Growing', {
  feed: ({ append }) => ({ append: (command) => append({ ...command, most: 1e6 }) }),
});

const repeating = broken('RepeatingFeed', {
  feed: ({ append, read }) => ({
    append: ({ entries, ...rest }) => {
      const named = entries.map(({ entry, userId }) => {
        return { entry: { ...entry, id: `${randomBytes(8).toString('base64url')} ${entry.id}` }, userId };
      });
      return append({ ...rest, entries: named });
    },
    async read(query) {
      const { items, next } = await read(query);
      const shown = items.map((item) => ({ ...item, entry: { ...item.entry, id: item.entry.id.split(' ')[1]! } }));
      return { items: shown, next };
    },
  }),
});

const newestFirst = broken('NewestFirst', {
  feed: ({ read }) => ({
    read: (query) => read(query).then(({ items, next }) => ({ items: items.toReversed(), next })),
  }),
});

export const brokenOutboxes = [
  [RepeatingNotes, 'noting: one that is sent again on another node'],
  [LateNotes, 'noting: A79 one that comes after its caller gave up'],
  [leaseless, 'delivering: of a hundred workers on two nodes one holds an outbox'],
  [trusting, 'delivering: a worker whose lease another has taken'],
  [sweeping, 'delivering: an entry that is written between claim and settlement'],
  [alwaysDue, 'delivering: only the outboxes with something due'],
  [impatient, 'delivering again: what failed comes again when it is due'],
  [forgetful, 'delivering again: what failed comes again when it is due'],
  [unmourning, 'delivering again: what is given up is shown'],
  [reviving, 'delivering again: the dead of one sink, or all'],
  [uncounting, 'delivering again: beyond the bound the oldest are lost'],
  [silent, 'relaying entries: A64 a note relays'],
  [doubling, 'relaying entries: A64 a revocation relays'],
  [unordered, 'relaying entries: the order within a tag'],
  [growing, 'feeding: the oldest make room'],
  [repeating, 'feeding: what is appended again'],
  [newestFirst, 'feeding: it is read from the oldest on'],
] as const;
