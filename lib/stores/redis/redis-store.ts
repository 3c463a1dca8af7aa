import { type SessionId, type UserKey, userKey } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import type { CounterId, OneTimeId } from '../../domain/slotted-id';
import type * as commands from '../../store/commands';
import type * as outcomes from '../../store/outcomes';
import type * as counters from '../../store/counters';
import type * as creation from '../../store/creation';
import type * as oneTimes from '../../store/one-times';
import type * as fleet from '../../store/fleet';
import type { AccessLogOutcome, AccessLogQuery, LogAccess } from '../../store/access-log';
import type { Disown, DisownOutcome } from '../../store/disown';
import type { Erase, EraseOutcome, Letters } from '../../store/erasure';
import type { Note } from '../../store/note';
import type { Feed, Outbox } from '../../store/outbox';
import type { SessionStore } from '../../store/session-store';
import type { SessionWatcher, StopWatching } from '../../store/watching';
import type { Backend } from './backend';
import { stepTiming } from './step-timing';
import { type Connection, openConnection } from './connection';
import { DelayedEntries, noteWriter } from './delayed-entries';
import { redisFeed } from './feed/redis-feed';
import { Keys } from './keys';
import { redisOutbox } from './outbox/redis-outbox';
import { readRedisOptions, type RedisStoreOptions } from './options';
import { Records } from './records';
import { accessLog } from './verbs/access-log';
import { amend } from './verbs/amend';
import { consumeOneTime } from './verbs/consume-one-time';
import { count } from './verbs/count';
import { create } from './verbs/create';
import { disown } from './verbs/disown';
import { erase } from './verbs/erase';
import { findCounters } from './verbs/find-counters';
import { find } from './verbs/find';
import { findFleetEnding } from './verbs/find-fleet-ending';
import { findLimit } from './verbs/find-limit';
import { findOneTime } from './verbs/find-one-time';
import { findSignIns } from './verbs/find-sign-ins';
import { history } from './verbs/history';
import { list } from './verbs/list';
import { listLetters } from './verbs/list-letters';
import { listOneTimes } from './verbs/list-one-times';
import { logAccess } from './verbs/log-access';
import { note } from './verbs/note';
import { putOneTime } from './verbs/put-one-time';
import { raiseFloor } from './verbs/raise-floor';
import { rekey } from './verbs/rekey';
import { repeat } from './verbs/repeat';
import { reset } from './verbs/reset';
import { retire } from './verbs/retire';
import { revokeAll } from './verbs/revoke-all';
import { revoke } from './verbs/revoke';
import { rotate } from './verbs/rotate';
import { saveFleetEnding } from './verbs/save-fleet-ending';
import { setLimit } from './verbs/set-limit';
import { survey } from './verbs/survey';
import { tallySignIns } from './verbs/tally-sign-ins';
import { touch } from './verbs/touch';
import { trim } from './verbs/trim';
import { Watch } from './watch';

/**
 * Sessions in Redis 6.2 or later: standalone, Sentinel or Cluster. One round trip an operation; every change is one atomic
 * script. Without an answer within the deadline an operation throws `store_unavailable`; nothing needs a restart.
 */
export class RedisStore implements SessionStore {
  readonly deadlineMilliseconds: number;
  readonly #connection: Connection;
  readonly #backend: Backend;
  readonly outbox: Outbox;
  readonly feed: Feed;
  readonly #watch: Watch;
  readonly #delayed: DelayedEntries;

  /** @throws SessionError `options_invalid`. A server that is not there yet is no error. */
  constructor(options: RedisStoreOptions) {
    const settings = readRedisOptions(options);
    const keys = new Keys(settings.prefix);
    this.deadlineMilliseconds = settings.deadlineMilliseconds;
    this.#connection = openConnection(settings, keys.clock());
    const write = noteWriter(this.#connection, keys, settings.deadlineMilliseconds);
    this.#delayed = new DelayedEntries(write, settings.onIncident);
    const records = new Records(settings.onIncident, this.#delayed);
    const stamp = stepTiming(this.#connection.clock, settings.deadlineMilliseconds);
    this.#backend = { ...this.#connection, keys, records, retention: settings.retention, stamp };
    this.outbox = redisOutbox(this.#backend);
    this.feed = redisFeed(this.#backend);
    this.#watch = new Watch(this.#connection.client, keys.sessions(), settings.onIncident);
  }

  now(): number | Promise<number> {
    return this.#connection.clock.now();
  }

  clockErrorMilliseconds(): number {
    return this.#connection.clock.errorMilliseconds();
  }

  create(command: creation.Create): Promise<outcomes.CreateOutcome> {
    return this.#watch.duringAll(userKey(command.record.profile.userId), create(this.#backend, command));
  }

  find(id: SessionId): Promise<SessionRecord | undefined> {
    return find(this.#backend, id);
  }

  rotate(command: commands.Rotate): Promise<outcomes.RotateOutcome> {
    return this.#watch.during(command.id, rotate(this.#backend, command));
  }

  repeat(command: commands.Repeat): Promise<outcomes.RepeatOutcome> {
    return this.#watch.during(command.id, repeat(this.#backend, command));
  }

  touch(command: commands.Touch): Promise<outcomes.TouchOutcome> {
    return this.#watch.during(command.id, touch(this.#backend, command));
  }

  rekey(command: commands.Rekey): Promise<outcomes.RekeyOutcome> {
    return this.#watch.during(command.id, rekey(this.#backend, command));
  }

  amend(command: commands.Amend): Promise<outcomes.AmendOutcome> {
    return this.#watch.during(command.id, amend(this.#backend, command));
  }

  retire(command: commands.Retire): Promise<outcomes.RetireOutcome> {
    return this.#watch.during(command.id, retire(this.#backend, command));
  }

  revoke(command: commands.Revoke): Promise<outcomes.RevokeOutcome> {
    return this.#watch.during(command.id, revoke(this.#backend, command));
  }

  revokeAll(command: commands.RevokeAll): Promise<outcomes.RevokeAllOutcome> {
    return this.#watch.duringAll(command.user, revokeAll(this.#backend, command));
  }

  disown(command: Disown): Promise<DisownOutcome> {
    return this.#watch.duringAll(command.user, disown(this.#backend, command));
  }

  trim(command: creation.Trim): Promise<outcomes.TrimOutcome> {
    return this.#watch.duringAll(command.user, trim(this.#backend, command));
  }

  setLimit(command: creation.SetLimit): Promise<void> {
    return setLimit(this.#backend, command);
  }

  findLimit(user: UserKey): Promise<number | null> {
    return findLimit(this.#backend, user);
  }

  putOneTime(command: oneTimes.PutOneTime): Promise<void> {
    return putOneTime(this.#backend, command);
  }

  consumeOneTime(command: oneTimes.ConsumeOneTime): Promise<oneTimes.ConsumeOneTimeOutcome> {
    return consumeOneTime(this.#backend, command);
  }

  findOneTime(id: OneTimeId): Promise<oneTimes.OneTime | undefined> {
    return findOneTime(this.#backend, id);
  }

  listOneTimes(user: UserKey): Promise<readonly oneTimes.OneTime[]> {
    return listOneTimes(this.#backend, user);
  }

  count(command: counters.Count): Promise<counters.CountOutcome> {
    return count(this.#backend, command);
  }

  reset(command: counters.Reset): Promise<counters.ResetOutcome> {
    return reset(this.#backend, command);
  }

  findCounters(ids: readonly CounterId[]): Promise<readonly counters.Counter[]> {
    return findCounters(this.#backend, ids);
  }

  list(query: commands.ListQuery): Promise<outcomes.ListOutcome> {
    return list(this.#backend, query);
  }

  history(query: commands.HistoryQuery): Promise<outcomes.HistoryOutcome> {
    return history(this.#backend, query);
  }

  erase(command: Erase): Promise<EraseOutcome> {
    return this.#watch.duringAll(command.user, erase(this.#backend, command));
  }

  listLetters(user: UserKey): Promise<Letters> {
    return listLetters(this.#backend, user);
  }

  note(command: Note): Promise<void> {
    return note(this.#backend, command);
  }

  logAccess(command: LogAccess): Promise<void> {
    return logAccess(this.#backend, command);
  }

  accessLog(query: AccessLogQuery): Promise<AccessLogOutcome> {
    return accessLog(this.#backend, query);
  }

  survey(query: fleet.SurveyQuery): Promise<fleet.SurveyOutcome> {
    return survey(this.#backend, query);
  }

  raiseFloor(command: fleet.RaiseFloor): Promise<fleet.RaiseFloorOutcome> {
    return raiseFloor(this.#backend, command);
  }

  findFleetEnding(): Promise<fleet.FleetEnding | undefined> {
    return findFleetEnding(this.#backend);
  }

  saveFleetEnding(command: fleet.SaveFleetEnding): Promise<fleet.SaveFleetEndingOutcome> {
    return saveFleetEnding(this.#backend, command);
  }

  tallySignIns(command: fleet.TallySignIns): Promise<void> {
    return tallySignIns(this.#backend, command);
  }

  findSignIns(hours: readonly number[]): Promise<readonly number[]> {
    return findSignIns(this.#backend, hours);
  }

  watch(watcher: SessionWatcher): StopWatching {
    return this.#watch.add(watcher);
  }

  async ping(): Promise<void> {
    const { calls, client } = this.#backend;
    await calls.run(() => client.ping());
  }

  close(): Promise<void> {
    this.#watch.close();
    this.#delayed.close();
    return this.#connection.close();
  }
}
