import { randomBytes } from 'node:crypto';
import type { AccessEntry, AccessLogOutcome, AccessLogQuery, LogAccess } from '../../../lib/store/access-log';
import { MemoryStore } from '../../../lib/stores/memory';

/** Keeps what is sent again as another. */
class RepeatingLog extends MemoryStore {
  readonly #ids = new Map<string, string>();

  override async logAccess(command: LogAccess): Promise<void> {
    const id = randomBytes(8).toString('base64url');
    this.#ids.set(id, command.entry.id);
    return super.logAccess({ ...command, entry: { ...command.entry, id } });
  }

  override async accessLog(query: AccessLogQuery): Promise<AccessLogOutcome> {
    const { entries, next } = await super.accessLog(query);
    return { entries: entries.map((entry) => ({ ...entry, id: this.#ids.get(entry.id)! })), next };
  }
}

/** Logs what its caller was told is lost. */
class LateLog extends MemoryStore {
  override logAccess(command: LogAccess): Promise<void> {
    return super.logAccess({ ...command, notAfter: Infinity });
  }
}

/** Begins each page anew. */
class FirstPageOnly extends MemoryStore {
  override accessLog(query: AccessLogQuery): Promise<AccessLogOutcome> {
    return super.accessLog({ ...query, after: null }).then(({ entries }) => ({ entries, next: null }));
  }
}

/** Shows every actor's calls to whoever asks for one's. */
class AnyActor extends MemoryStore {
  override accessLog(query: AccessLogQuery): Promise<AccessLogOutcome> {
    return super.accessLog({ ...query, actor: null });
  }
}

/** Orders by what the entries say of their time. */
class SortedByTime extends MemoryStore {
  override async accessLog(query: AccessLogQuery): Promise<AccessLogOutcome> {
    const { entries, next } = await super.accessLog(query);
    return { entries: [...entries].sort((one: AccessEntry, other) => other.at - one.at), next };
  }
}

/** Lets strangers push out what administrators did. */
class OneRoomForAll extends MemoryStore {
  #strangers = 0;

  override logAccess(command: LogAccess): Promise<void> {
    if (command.entry.actor === null) this.#strangers += 1;
    return super.logAccess(command);
  }

  override accessLog(query: AccessLogQuery): Promise<AccessLogOutcome> {
    const isFull = this.#strangers > 1_000 && query.actor !== null;
    return isFull ? Promise.resolve({ entries: [], next: null }) : super.accessLog(query);
  }
}

/** Gives the calls of administrators, and then those of strangers. */
class TwoLogs extends MemoryStore {
  override async accessLog(query: AccessLogQuery): Promise<AccessLogOutcome> {
    const { entries, next } = await super.accessLog(query);
    const isStranger = ({ actor }: AccessEntry) => Number(actor === null);
    return { entries: [...entries].sort((one, other) => isStranger(one) - isStranger(other)), next };
  }
}

export const brokenAccessLogs = [
  [RepeatingLog, 'logging access: one that is sent again is kept once'],
  [LateLog, 'logging access: A79 one that comes after its caller gave up is not kept'],
  [FirstPageOnly, 'logging access: pages of it, newest first'],
  [AnyActor, 'logging access: pages of one actor hold no other call'],
  [OneRoomForAll, 'logging access: A66 calls by nobody push out no other'],
  [TwoLogs, 'logging access: calls by nobody and by actors are one log'],
  [SortedByTime, 'logging access: one whose time is earlier'],
] as const;
