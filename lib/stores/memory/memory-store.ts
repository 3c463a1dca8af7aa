import { SessionError } from '../../domain/error';
import type { SessionId, UserKey } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import type { CounterId, OneTimeId } from '../../domain/slotted-id';
import type { AccessLogOutcome, AccessLogQuery, LogAccess } from '../../store/access-log';
import type * as commands from '../../store/commands';
import type * as counters from '../../store/counters';
import type * as creation from '../../store/creation';
import type * as oneTimes from '../../store/one-times';
import type * as outcomes from '../../store/outcomes';
import type * as fleet from '../../store/fleet';
import type { Disown, DisownOutcome } from '../../store/disown';
import type { Erase, EraseOutcome, Letters } from '../../store/erasure';
import type { Note } from '../../store/note';
import type { Feed, Outbox } from '../../store/outbox';
import type { SessionStore } from '../../store/session-store';
import type { SessionWatcher, StopWatching } from '../../store/watching';
import { frozenCopy } from './frozen';
import { Memory } from './memory';
import { memoryFeed, memoryOutbox } from './relaying';
import { type MemoryStoreOptions, readMemoryOptions } from './memory-store-options';
import { steadyNow } from './steady-clock';
import { Sweep } from './sweep';
import * as verbs from './verbs';

/**
 * Sessions in the memory of this process: for development, tests, and apps that run as one process and may sign everyone
 * out on a restart. It holds at most `maxSessions` live sessions; one more fails with `store_unavailable`, since ending
 * someone else's session silently would be worse. It never keeps the process alive.
 *
 * What it hands out is what it holds, frozen. Buffers cannot be frozen: they were copied on the way in, and must not be
 * written to.
 */
export class MemoryStore implements SessionStore {
  readonly deadlineMilliseconds = 1_000;
  readonly #memory: Memory;
  readonly #sweep: Sweep;
  readonly outbox: Outbox;
  readonly feed: Feed;
  #closed = false;

  /** @throws SessionError `options_invalid` on an option that is unknown or out of range. */
  constructor(options: MemoryStoreOptions = {}) {
    const memory = new Memory(readMemoryOptions(options), steadyNow);
    this.#memory = memory;
    memory.watchers.armed();
    this.outbox = memoryOutbox((verb) => this.#run(() => verb(memory.outboxes)));
    this.feed = memoryFeed((verb) => this.#run(() => verb(memory.feed)));
    this.#sweep = new Sweep(() => {
      memory.collect();
      return !memory.isEmpty;
    });
  }

  now(): number {
    return this.#memory.now();
  }

  clockErrorMilliseconds(): number {
    return 0;
  }

  create(command: creation.Create): Promise<outcomes.CreateOutcome> {
    return this.#write(command, verbs.create);
  }

  find(id: SessionId): Promise<SessionRecord | undefined> {
    return this.#run(() => this.#memory.find(id)?.record);
  }

  rotate(command: commands.Rotate): Promise<outcomes.RotateOutcome> {
    return this.#write(command, verbs.rotate);
  }

  repeat(command: commands.Repeat): Promise<outcomes.RepeatOutcome> {
    return this.#write(command, verbs.repeat);
  }

  touch(command: commands.Touch): Promise<outcomes.TouchOutcome> {
    return this.#write(command, verbs.touch);
  }

  rekey(command: commands.Rekey): Promise<outcomes.RekeyOutcome> {
    return this.#write(command, verbs.rekey);
  }

  amend(command: commands.Amend): Promise<outcomes.AmendOutcome> {
    return this.#write(command, verbs.amend);
  }

  retire(command: commands.Retire): Promise<outcomes.RetireOutcome> {
    return this.#write(command, verbs.retire);
  }

  revoke(command: commands.Revoke): Promise<outcomes.RevokeOutcome> {
    return this.#write(command, verbs.revoke);
  }

  revokeAll(command: commands.RevokeAll): Promise<outcomes.RevokeAllOutcome> {
    return this.#write(command, verbs.revokeAll);
  }

  disown(command: Disown): Promise<DisownOutcome> {
    return this.#write(command, verbs.disown);
  }

  trim(command: creation.Trim): Promise<outcomes.TrimOutcome> {
    return this.#write(command, verbs.trim);
  }

  setLimit(command: creation.SetLimit): Promise<void> {
    return this.#write(command, verbs.setLimit);
  }

  findLimit(user: UserKey): Promise<number | null> {
    return this.#run(() => this.#memory.limits.get(user) ?? null);
  }

  putOneTime(command: oneTimes.PutOneTime): Promise<void> {
    return this.#write(command, verbs.putOneTime);
  }

  consumeOneTime(command: oneTimes.ConsumeOneTime): Promise<oneTimes.ConsumeOneTimeOutcome> {
    return this.#write(command, verbs.consumeOneTime);
  }

  findOneTime(id: OneTimeId): Promise<oneTimes.OneTime | undefined> {
    return this.#run(() => this.#memory.oneTimes.find(id));
  }

  listOneTimes(user: UserKey): Promise<readonly oneTimes.OneTime[]> {
    return this.#run(() => this.#memory.oneTimes.of(user));
  }

  count(command: counters.Count): Promise<counters.CountOutcome> {
    return this.#write(command, verbs.count);
  }

  reset(command: counters.Reset): Promise<counters.ResetOutcome> {
    return this.#write(command, verbs.reset);
  }

  findCounters(ids: readonly CounterId[]): Promise<readonly counters.Counter[]> {
    return this.#run(() => verbs.findCounters(this.#memory, ids));
  }

  list(query: commands.ListQuery): Promise<outcomes.ListOutcome> {
    return this.#run(() => verbs.list(this.#memory, query));
  }

  history(query: commands.HistoryQuery): Promise<outcomes.HistoryOutcome> {
    return this.#run(() => verbs.history(this.#memory, query));
  }

  erase(command: Erase): Promise<EraseOutcome> {
    return this.#write(command, verbs.erase);
  }

  listLetters(user: UserKey): Promise<Letters> {
    return this.#run(() => verbs.listLetters(this.#memory, user));
  }

  note(command: Note): Promise<void> {
    return this.#write(command, verbs.note);
  }

  logAccess(command: LogAccess): Promise<void> {
    return this.#write(command, ({ accessLog }, { entry }) => accessLog.add(entry));
  }

  accessLog(query: AccessLogQuery): Promise<AccessLogOutcome> {
    return this.#run(() => this.#memory.accessLog.page(query));
  }

  survey(query: fleet.SurveyQuery): Promise<fleet.SurveyOutcome> {
    return this.#run(() => verbs.survey(this.#memory, query));
  }

  raiseFloor(command: fleet.RaiseFloor): Promise<fleet.RaiseFloorOutcome> {
    return this.#write(command, ({ fleet }, { floor, reason }) => {
      fleet.raiseFloor({ at: floor, reason });
      return { durable: true };
    });
  }

  findFleetEnding(): Promise<fleet.FleetEnding | undefined> {
    return this.#run(() => this.#memory.fleet.kept?.ending);
  }

  saveFleetEnding(command: fleet.SaveFleetEnding): Promise<fleet.SaveFleetEndingOutcome> {
    return this.#write(command, verbs.saveFleetEnding);
  }

  tallySignIns(command: fleet.TallySignIns): Promise<void> {
    return this.#write(command, ({ fleet }, { hour, count, at }) => fleet.tally(hour, count, at));
  }

  findSignIns(hours: readonly number[]): Promise<readonly number[]> {
    return this.#run(() => hours.map((hour) => this.#memory.fleet.signIns(hour)));
  }

  watch(watcher: SessionWatcher): StopWatching {
    return this.#memory.watchers.add(watcher);
  }

  ping(): Promise<void> {
    return this.#run(() => undefined);
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#memory.watchers.lost();
    this.#sweep.stop();
    return Promise.resolve();
  }

  #write<Command extends { readonly notAfter: number }, Outcome>(
    command: Command,
    verb: (memory: Memory, command: Command) => Outcome,
  ): Promise<Outcome> {
    return this.#run(() => {
      if (command.notAfter < this.now()) {
        throw new SessionError('store_unavailable', { detail: 'the write came after its caller gave up' });
      }
      this.#sweep.arm();
      return verb(this.#memory, frozenCopy(command));
    });
  }

  #run<Outcome>(verb: () => Outcome): Promise<Outcome> {
    return new Promise((resolve) => {
      if (this.#closed) throw new SessionError('store_unavailable', { detail: 'the memory store is closed' });
      resolve(verb());
    });
  }
}
