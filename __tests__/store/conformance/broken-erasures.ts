import type { Erase, EraseOutcome } from '../../../lib/store/erasure';
import type { SetLimit } from '../../../lib/store/creation';
import type { PutOneTime } from '../../../lib/store/one-times';
import { MemoryStore } from '../../../lib/stores/memory';

/** Says that it was done. */
class ForgetsNothing extends MemoryStore {
  override erase(): Promise<EraseOutcome> {
    return Promise.resolve({ status: 'erased', count: 2, durable: true });
  }
}

/** What others share is left as it was. */
class NamesThemInTheLog extends MemoryStore {
  override erase(command: Erase): Promise<EraseOutcome> {
    return super.erase({ ...command, userId: null });
  }
}

/** Whoever begins after the erasure is refused, too. */
class KeepsThemOut extends MemoryStore {
  override erase(command: Erase): Promise<EraseOutcome> {
    return super.erase({ ...command, epoch: command.epoch + 3_600_000 });
  }
}

/** Raises no epoch. */
class LetsLateComersIn extends MemoryStore {
  override erase(command: Erase): Promise<EraseOutcome> {
    return super.erase({ ...command, epoch: 0 });
  }
}

/** Erases again whenever it is asked. */
class ErasesTwice extends MemoryStore {
  override erase(command: Erase): Promise<EraseOutcome> {
    const attempt = Buffer.from(crypto.getRandomValues(new Uint8Array(8)));
    return super.erase({ ...command, attempt });
  }
}

class KeepsCounters extends MemoryStore {
  override erase(command: Erase): Promise<EraseOutcome> {
    return super.erase({ ...command, counters: [] });
  }
}

/** What was issued before is written as if it were new. */
class TakesLateTokens extends MemoryStore {
  override putOneTime(command: PutOneTime): Promise<void> {
    return super.putOneTime({ ...command, at: command.at + 2_000 });
  }
}

class TakesLateLimits extends MemoryStore {
  override setLimit(command: SetLimit): Promise<void> {
    return super.setLimit({ ...command, at: command.at + 2_000 });
  }
}

const nothingShown = 'nothing is shown of a user who was erased';
const late = (what: string): string => `${what} that comes after its user was erased brings nothing back`;

/** Stores that forget wrongly, each with the test that is there for it. */
export const brokenErasures = [
  [ForgetsNothing, nothingShown],
  [KeepsCounters, nothingShown],
  [NamesThemInTheLog, 'whom they were about no more'],
  [KeepsThemOut, 'whoever comes back begins anew'],
  [LetsLateComersIn, late('a sign-in without a time of its own')],
  [ErasesTwice, 'sent again it says what it did first'],
  [TakesLateTokens, late('a one-time token')],
  [TakesLateLimits, late('a limit')],
] as const;
