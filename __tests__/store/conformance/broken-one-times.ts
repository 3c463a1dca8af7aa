import { randomBytes } from 'node:crypto';
import type { OneTimeId } from '../../../lib/domain/slotted-id';
import type { ConsumeOneTime, ConsumeOneTimeOutcome, PutOneTime } from '../../../lib/store/one-times';
import { MemoryStore } from '../../../lib/stores/memory';

/** Looks whether a use is left, and takes it afterwards. */
class LooksThenTakes extends MemoryStore {
  override async consumeOneTime(command: ConsumeOneTime): Promise<ConsumeOneTimeOutcome> {
    const before = await this.findOneTime(command.id);
    await new Promise(setImmediate);
    const outcome = await super.consumeOneTime(command);
    const hadUses = before !== undefined && before.uses > 0 && outcome.status === 'spent';
    return hadUses ? { status: 'consumed', oneTime: outcome.oneTime } : outcome;
  }
}

/** Takes another use for a command that is sent again. */
class ForgetfulConsume extends MemoryStore {
  override consumeOneTime(command: ConsumeOneTime): Promise<ConsumeOneTimeOutcome> {
    return super.consumeOneTime({ ...command, attempt: randomBytes(8) });
  }
}

/** Opens whatever it was issued for. */
class AnyPurpose extends MemoryStore {
  override async consumeOneTime(command: ConsumeOneTime): Promise<ConsumeOneTimeOutcome> {
    const known = await this.findOneTime(command.id);
    return super.consumeOneTime({ ...command, purpose: known?.purpose ?? command.purpose });
  }
}

/** Opens for a millisecond too long. */
class LastMoment extends MemoryStore {
  override consumeOneTime(command: ConsumeOneTime): Promise<ConsumeOneTimeOutcome> {
    return super.consumeOneTime({ ...command, at: command.at - 1 });
  }
}

/** Begins anew when the command is sent again. */
class PutsAgain extends MemoryStore {
  readonly #given = new Map<OneTimeId, PutOneTime>();

  override async putOneTime(command: PutOneTime): Promise<void> {
    this.#given.set(command.oneTime.id, command);
    await super.putOneTime(command);
  }

  override async findOneTime(id: OneTimeId) {
    return this.#given.get(id)?.oneTime ?? super.findOneTime(id);
  }
}

/** Tells nobody whose token was shown again. */
class SilentRefusals extends MemoryStore {
  override consumeOneTime(command: ConsumeOneTime): Promise<ConsumeOneTimeOutcome> {
    const { consumed } = command.audit;
    return super.consumeOneTime({ ...command, audit: { consumed, spent: consumed, expired: consumed } });
  }
}

/** Each with a test that must notice it. */
export const brokenOneTimes = [
  [LooksThenTakes, 'one-time tokens: A7 of a hundred parallel consumers'],
  [ForgetfulConsume, 'one-time tokens: sent twice, a command takes one use'],
  [AnyPurpose, 'one-time tokens: A7 one of another purpose'],
  [LastMoment, 'one-time tokens: A7 it opens until its last millisecond'],
  [PutsAgain, 'one-time tokens: one that is put twice stays as it was'],
  [SilentRefusals, 'one-time tokens: A7 it can be consumed as often'],
] as const;
