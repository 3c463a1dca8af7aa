import type { SessionId, UserKey } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import type { CounterId, OneTimeId } from '../../domain/slotted-id';
import type {
  Amend,
  HistoryQuery,
  ListQuery,
  Rekey,
  Repeat,
  Retire,
  Revoke,
  RevokeAll,
  Rotate,
  Touch,
} from '../../store/commands';
import type {
  AmendOutcome,
  CreateOutcome,
  HistoryOutcome,
  ListOutcome,
  RekeyOutcome,
  RepeatOutcome,
  RetireOutcome,
  RevokeAllOutcome,
  RevokeOutcome,
  RotateOutcome,
  TouchOutcome,
  TrimOutcome,
} from '../../store/outcomes';
import type { Count, Counter, CountOutcome, Reset, ResetOutcome } from '../../store/counters';
import type { Create, OneTime, SetLimit, Trim } from '../../store/creation';
import type { SessionStore } from '../../store/session-store';
import type { Backend } from './backend';
import { type Connection, openConnection } from './connection';
import { Keys } from './keys';
import { readRedisOptions, type RedisStoreOptions } from './options';
import { Records } from './records';
import { amend } from './verbs/amend';
import { count } from './verbs/count';
import { create } from './verbs/create';
import { findCounters } from './verbs/find-counters';
import { find } from './verbs/find';
import { findLimit } from './verbs/find-limit';
import { findOneTime } from './verbs/find-one-time';
import { history } from './verbs/history';
import { list } from './verbs/list';
import { rekey } from './verbs/rekey';
import { repeat } from './verbs/repeat';
import { reset } from './verbs/reset';
import { retire } from './verbs/retire';
import { revokeAll } from './verbs/revoke-all';
import { revoke } from './verbs/revoke';
import { rotate } from './verbs/rotate';
import { setLimit } from './verbs/set-limit';
import { touch } from './verbs/touch';
import { trim } from './verbs/trim';

/**
 * Sessions in Redis 7 or later: standalone, Sentinel or Cluster. One round trip an operation; every change is one atomic
 * script. Without an answer within the deadline an operation throws `store_unavailable`; nothing needs a restart.
 */
export class RedisStore implements SessionStore {
  readonly deadlineMilliseconds: number;
  readonly #connection: Connection;
  readonly #backend: Backend;

  /** @throws SessionError `options_invalid`. A server that is not there yet is no error. */
  constructor(options: RedisStoreOptions) {
    const settings = readRedisOptions(options);
    const keys = new Keys(settings.prefix);
    this.deadlineMilliseconds = settings.deadlineMilliseconds;
    this.#connection = openConnection(settings, keys.clock());
    this.#backend = { ...this.#connection, keys, records: new Records(settings.onIncident) };
  }

  now(): number | Promise<number> {
    return this.#connection.clock.now();
  }

  clockErrorMilliseconds(): number {
    return this.#connection.clock.errorMilliseconds();
  }

  create(command: Create): Promise<CreateOutcome> {
    return create(this.#backend, command);
  }

  find(id: SessionId): Promise<SessionRecord | undefined> {
    return find(this.#backend, id);
  }

  rotate(command: Rotate): Promise<RotateOutcome> {
    return rotate(this.#backend, command);
  }

  repeat(command: Repeat): Promise<RepeatOutcome> {
    return repeat(this.#backend, command);
  }

  touch(command: Touch): Promise<TouchOutcome> {
    return touch(this.#backend, command);
  }

  rekey(command: Rekey): Promise<RekeyOutcome> {
    return rekey(this.#backend, command);
  }

  amend(command: Amend): Promise<AmendOutcome> {
    return amend(this.#backend, command);
  }

  retire(command: Retire): Promise<RetireOutcome> {
    return retire(this.#backend, command);
  }

  revoke(command: Revoke): Promise<RevokeOutcome> {
    return revoke(this.#backend, command);
  }

  revokeAll(command: RevokeAll): Promise<RevokeAllOutcome> {
    return revokeAll(this.#backend, command);
  }

  trim(command: Trim): Promise<TrimOutcome> {
    return trim(this.#backend, command);
  }

  setLimit(command: SetLimit): Promise<void> {
    return setLimit(this.#backend, command);
  }

  findLimit(user: UserKey): Promise<number | null> {
    return findLimit(this.#backend, user);
  }

  findOneTime(id: OneTimeId): Promise<OneTime | undefined> {
    return findOneTime(this.#backend, id);
  }

  count(command: Count): Promise<CountOutcome> {
    return count(this.#backend, command);
  }

  reset(command: Reset): Promise<ResetOutcome> {
    return reset(this.#backend, command);
  }

  findCounters(ids: readonly CounterId[]): Promise<readonly Counter[]> {
    return findCounters(this.#backend, ids);
  }

  list(query: ListQuery): Promise<ListOutcome> {
    return list(this.#backend, query);
  }

  history(query: HistoryQuery): Promise<HistoryOutcome> {
    return history(this.#backend, query);
  }

  async ping(): Promise<void> {
    const { calls, client } = this.#backend;
    await calls.run(() => client.ping());
  }

  close(): Promise<void> {
    return this.#connection.close();
  }
}
