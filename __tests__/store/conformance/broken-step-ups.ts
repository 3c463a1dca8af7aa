import type * as commands from '../../../lib/store/commands';
import type * as outcomes from '../../../lib/store/outcomes';
import { MemoryStore } from '../../../lib/stores/memory';

/** Keeps nothing of a fresh login that is owed. */
class StepUpLost extends MemoryStore {
  override amend(command: commands.Amend): Promise<outcomes.AmendOutcome> {
    return super.amend({ ...command, stepUp: false });
  }
}

/** Takes new tokens for a fresh login. */
class RekeyForgiving extends MemoryStore {
  override async rekey(command: commands.Rekey): Promise<outcomes.RekeyOutcome> {
    const known = await this.find(command.id);
    if (!known || command.amendment) return super.rekey(command);
    const { version, profile, authenticatedAt } = known;
    return super.rekey({ ...command, amendment: { version, profile, authenticatedAt, stepUp: false } });
  }
}

/** Hears of no fresh login. */
class StepUpForEver extends MemoryStore {
  override rekey(command: commands.Rekey): Promise<outcomes.RekeyOutcome> {
    const amendment = command.amendment && { ...command.amendment, stepUp: true };
    return super.rekey({ ...command, amendment });
  }
}

/** Writes an entry for every amendment. */
class TalkativeAmend extends MemoryStore {
  override amend(command: commands.Amend): Promise<outcomes.AmendOutcome> {
    const entry = { id: command.attempt.toString('base64url'), event: 'session_updated', at: command.at } as const;
    const facts = { sessionId: command.id, reason: null, count: null, ip: null, client: null, subject: null };
    const audit = command.audit ?? { ...entry, ...facts, actor: { type: 'system' }, relayed: false };
    return super.amend({ ...command, audit });
  }
}

/** Stores that go wrong about a fresh login that a session owes, and which test finds out. */
export const brokenStepUps = [
  [StepUpLost, 'amending: an amendment says whether a fresh login is owed'],
  [RekeyForgiving, 'rekeying: a fresh login is owed until an amendment says'],
  [StepUpForEver, 'rekeying: a fresh login is owed until an amendment says'],
  [TalkativeAmend, 'amending: an amendment without an entry leaves the history'],
] as const;
