import {
  type SessionId,
  sessionIdFromBytes,
  sessionTag,
  type UserKey,
  userKeyLength,
  userTag,
} from '../../domain/session-id';
import { type CounterId, type OneTimeId, slottedParts } from '../../domain/slotted-id';

/** A session id as it stands in keys and index members: 22 characters, base64url of the UUID's bytes. */
export type KeyName = string;

const scratch = Buffer.alloc(16);

export function nameOf(id: SessionId): KeyName {
  const digits = id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24);
  scratch.write(digits, 'hex');
  return scratch.toString('base64url');
}

export function idOf(name: KeyName): SessionId | undefined {
  return sessionIdFromBytes(Buffer.from(name, 'base64url'));
}

/** The keys of one outbox. */
export interface OutboxKeys {
  readonly letters: string;
  readonly later: string;
  readonly bodies: string;
  readonly dead: string;
  readonly lost: string;
  readonly lease: string;
}

/**
 * Keys of one prefix: `<prefix>:<kind>:{tag}<name>`. The kind stands before the tag, so that a key prefix selects session
 * records alone; the tag puts all keys of a user into one slot. Neither part is ever what a user chose (A59).
 */
export class Keys {
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  session(id: SessionId): string {
    return `${this.sessions()}{${sessionTag(id)}}${nameOf(id)}`;
  }

  /** What the keys of sessions begin with, and no others. */
  sessions(): string {
    return `${this.#prefix}:s:`;
  }

  /** Sorted set of a user's sessions: by effective expiry, ended ones by minus the time of their end. */
  index(user: UserKey): string {
    return this.#ofUser('i', user);
  }

  audit(user: UserKey): string {
    return this.#ofUser('a', user);
  }

  epoch(user: UserKey): string {
    return this.#ofUser('e', user);
  }

  /** A user's own limit. */
  ownLimit(user: UserKey): string {
    return this.#ofUser('l', user);
  }

  /** Sorted set of a user's one-time tokens, by their end. */
  oneTimesOf(user: UserKey): string {
    return this.#ofUser('n', user);
  }

  oneTime(id: OneTimeId): string {
    const { tag, name } = slottedParts(id);
    return `${this.#prefix}:o:{${tag}}${name}`;
  }

  counter(id: CounterId): string {
    const { tag, name } = slottedParts(id);
    return `${this.#prefix}:f:{${tag}}${name}`;
  }

  /** A stream: the log of the administrators' API. */
  accessLog(): string {
    return `${this.#prefix}:t:{000}`;
  }

  /** A stream: the same of the calls by nobody who could be told. */
  anonymousAccessLog(): string {
    return `${this.#prefix}:t:{000}anonymous`;
  }

  /** A key that is never written: whoever holds its slot gives the time. */
  clock(): string {
    return `${this.#prefix}:c:{000}`;
  }

  /** What the indexes of all users match, as a glob that matches nothing else. */
  indexes(): string {
    const prefix = this.#prefix.replace(/[\\*?[\]]/g, '\\$&');
    return `${prefix}:i:{???}${'?'.repeat(userKeyLength)}`;
  }

  /** The floor of all users who share a tag. */
  floor(tag: string): string {
    return `${this.#prefix}:g:{${tag}}`;
  }

  /** The last ending of everybody's sessions. */
  fleetEnding(): string {
    return `${this.#prefix}:x:{000}`;
  }

  /** How many signed in within an hour, by the instant at which it begins. */
  signIns(hour: number): string {
    return `${this.#prefix}:t:{000}${hour}`;
  }

  /** A stream: the feed across users. */
  feed(): string {
    return `${this.#prefix}:t:{000}feed`;
  }

  /** The keys of a tag's outbox; `scripts/outbox.lua` says what they hold. */
  outbox(tag: string): OutboxKeys {
    const key = (kind: string): string => `${this.#prefix}:${kind}:{${tag}}`;
    return {
      letters: key('q'),
      later: key('r'),
      bodies: key('b'),
      dead: key('d'),
      lost: key('m'),
      lease: key('w'),
    };
  }

  #ofUser(kind: string, user: UserKey): string {
    return `${this.#prefix}:${kind}:{${userTag(user)}}${user}`;
  }
}
