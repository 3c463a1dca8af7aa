import { type UserKey, userKey } from '../../../lib/domain/session-id';
import type { SessionRecord } from '../../../lib/domain/session-record';
import type * as commands from '../../../lib/store/commands';
import type * as outcomes from '../../../lib/store/outcomes';
import { MemoryStore } from '../../../lib/stores/memory';

/** Honours the parent of a session that was to have ended. */
class RepeatsTheOutdated extends MemoryStore {
  override async repeat(command: commands.Repeat): Promise<outcomes.RepeatOutcome> {
    const outcome = await super.repeat(command);
    return outcome.status === 'outdated' ? { status: 'repeated', record: outcome.record } : outcome;
  }
}

/** Gives new keys to a session that was to have ended. */
class RekeysTheOutdated extends MemoryStore {
  override async rekey(command: commands.Rekey): Promise<outcomes.RekeyOutcome> {
    const outcome = await super.rekey(command);
    return outcome.status === 'outdated' ? { status: 'rekeyed', record: outcome.record, durable: true } : outcome;
  }
}

/** Knows the user's epoch, and not everybody's. */
class RepeatsBelowTheFloor extends MemoryStore {
  override async repeat(command: commands.Repeat): Promise<outcomes.RepeatOutcome> {
    const outcome = await super.repeat(command);
    return isByFloor(outcome) ? { status: 'repeated', record: outcome.record } : outcome;
  }
}

/** The same, of the other verb. */
class RekeysBelowTheFloor extends MemoryStore {
  override async rekey(command: commands.Rekey): Promise<outcomes.RekeyOutcome> {
    const outcome = await super.rekey(command);
    return isByFloor(outcome) ? { status: 'rekeyed', record: outcome.record, durable: true } : outcome;
  }
}

function isByFloor(outcome: outcomes.RepeatOutcome | outcomes.RekeyOutcome): outcome is outcomes.Outdated {
  return outcome.status === 'outdated' && outcome.reason === 'fleet_ended';
}

/** Compares first of all, and so refuses a write that is sent again. */
class ComparesBeforeItRemembers extends MemoryStore {
  readonly #epochs = new Map<UserKey, number>();

  override revokeAll(command: commands.RevokeAll): Promise<outcomes.RevokeAllOutcome> {
    if (command.epoch !== null) this.#epochs.set(command.user, command.epoch);
    return super.revokeAll(command);
  }

  override async repeat(command: commands.Repeat): Promise<outcomes.RepeatOutcome> {
    return this.#outdated(await this.find(command.id)) ?? super.repeat(command);
  }

  override async rekey(command: commands.Rekey): Promise<outcomes.RekeyOutcome> {
    return this.#outdated(await this.find(command.id)) ?? super.rekey(command);
  }

  #outdated(record: SessionRecord | undefined): outcomes.Outdated | undefined {
    if (!record || record.ending) return undefined;
    const epoch = this.#epochs.get(userKey(record.profile.userId)) ?? -Infinity;
    return record.startedAt <= epoch ? { status: 'outdated', record, reason: 'password_changed' } : undefined;
  }
}

const changing = 'A37 on a session that began at or before the epoch it is outdated';
const again = 'one from before the epoch, sent again after it';

/** Each with a test that must notice it. */
export const brokenEpochs = [
  [RepeatsTheOutdated, `repeating: ${changing}`],
  [RekeysTheOutdated, `rekeying: ${changing}`],
  [RekeysBelowTheFloor, 'raising the floor: A35 no repeat and no change of keys'],
  [RepeatsBelowTheFloor, 'raising the floor: A35 no repeat and no change of keys'],
  [ComparesBeforeItRemembers, `repeating: ${again}`],
  [ComparesBeforeItRemembers, `rekeying: ${again}`],
] as const;
