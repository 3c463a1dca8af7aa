import { randomBytes } from 'node:crypto';
import { mintOneTimeToken } from '../../../lib/tokens/one-time-token';
import { type SessionId, userTag } from '../../../lib/domain/session-id';
import type { SessionRecord } from '../../../lib/domain/session-record';
import type { Amend } from '../../../lib/store/commands';
import type { Disown, DisownOutcome } from '../../../lib/store/disown';
import type { AmendOutcome } from '../../../lib/store/outcomes';
import { MemoryStore } from '../../../lib/stores/memory';

/** Takes a command that is sent again for another one. */
class ForgetfulDisown extends MemoryStore {
  override disown(command: Disown): Promise<DisownOutcome> {
    return super.disown({ ...command, attempt: randomBytes(8) });
  }
}

/** Ends what there is, and forgets the sign-ins that are on their way. */
class DisownWithoutEpoch extends MemoryStore {
  override disown(command: Disown): Promise<DisownOutcome> {
    return super.disown({ ...command, epoch: 0 });
  }
}

/** Ends the one session, and not what began after it. */
class EndsTheOneAlone extends MemoryStore {
  override disown(command: Disown): Promise<DisownOutcome> {
    return super.disown({ ...command, since: command.since + 1 });
  }
}

/** Believes whoever shows any token. */
class AnyToken extends MemoryStore {
  override async disown(command: Disown): Promise<DisownOutcome> {
    const { id } = mintOneTimeToken(userTag(command.user));
    const { purpose } = command.oneTime;
    const { attempt, at, notAfter, audit } = command;
    const oneTime = { id, purpose, expiresAt: at + 1, uses: 1, user: command.user, payload: '' };
    await this.putOneTime({ attempt, at, notAfter, oneTime, audit: audit.disowned });
    return super.disown({ ...command, oneTime });
  }
}

/** Ends what the user signed in to after the first run as well. */
class EndsWhatCameLater extends MemoryStore {
  override disown(command: Disown): Promise<DisownOutcome> {
    return super.disown({ ...command, epoch: command.notAfter });
  }
}

/** Asks for a fresh login without counting it as an amendment: one that is on its way writes over it. */
class UnversionedStepUp extends MemoryStore {
  readonly #before = new Map<SessionId, SessionRecord>();

  override async amend(command: Amend): Promise<AmendOutcome> {
    const known = await super.find(command.id);
    if (!known || known.version === command.version || known.version !== command.version + 1 || !known.stepUp) {
      return super.amend(command);
    }
    const outcome = await super.amend({ ...command, version: known.version });
    if (outcome.status === 'amended') this.#before.set(command.id, { ...outcome.record, stepUp: false });
    return outcome;
  }

  override async find(id: SessionId): Promise<SessionRecord | undefined> {
    return this.#before.get(id) ?? super.find(id);
  }
}

/** Looks at the token first, and takes it afterwards. */
class LooksThenDisowns extends MemoryStore {
  override async disown(command: Disown): Promise<DisownOutcome> {
    const before = await this.findOneTime(command.oneTime.id);
    await new Promise(setImmediate);
    const outcome = await super.disown(command);
    const hadUses = before !== undefined && before.uses > 0 && outcome.status === 'spent';
    return hadUses ? { status: 'disowned', count: 0, stepUps: 0, durable: true } : outcome;
  }
}

/** Each with a test that must notice it. */
export const brokenDisownings = [
  [ForgetfulDisown, 'resends: a disowning, sent twice, gives its first outcome'],
  [DisownWithoutEpoch, 'disowning: A37 sign-ins under way are refused'],
  [DisownWithoutEpoch, 'disowning in parallel: A37 none that began before it'],
  [EndsTheOneAlone, 'disowning: what began since ends'],
  [AnyToken, 'disowning: A7 a token of another purpose'],
  [AnyToken, 'disowning: A7 the token serves once'],
  [EndsWhatCameLater, 'disowning: B4 sent again it leaves alone'],
  [UnversionedStepUp, 'disowning: A76 an amendment that was made'],
  [LooksThenDisowns, 'disowning in parallel: A7 of a hundred parallel ones'],
] as const;
