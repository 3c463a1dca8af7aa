import { randomBytes } from 'node:crypto';
import type { Limits } from '../../../lib/domain/limits';
import { mintSessionId, type UserKey, userKey } from '../../../lib/domain/session-id';
import type { OneTimeId } from '../../../lib/domain/slotted-id';
import { noLimits } from '../../../lib/store/conformance/limits';
import { listed } from '../../../lib/store/conformance/snapshot';
import type * as creation from '../../../lib/store/creation';
import type * as outcomes from '../../../lib/store/outcomes';
import { MemoryStore } from '../../../lib/stores/memory';

const newAttempt = (): Buffer => randomBytes(8);

/** Asks first whether there is room, and stores the session afterwards. */
class CountsThenStores extends MemoryStore {
  override async create(command: creation.Create): Promise<outcomes.CreateOutcome> {
    const { record, at, limits } = command;
    const active = await listed(this, { userId: record.profile.userId, at, kind: 'active' });
    const hasRoom = limits.user !== null && active.length < limits.user;
    return super.create(hasRoom ? { ...command, limits: { ...limits, user: null } } : command);
  }
}

/** Makes room in one step and takes it in the next. */
class EvictsThenStores extends MemoryStore {
  override async create(command: creation.Create): Promise<outcomes.CreateOutcome> {
    const { record, limits, evict, evicting, at, notAfter } = command;
    if (!evict || limits.user === null) return super.create(command);
    const user = userKey(record.profile.userId);
    const lower = { ...limits, user: limits.user - 1 };
    await super.trim({
      user,
      limits: lower,
      evict,
      evicting,
      at,
      notAfter,
      attempt: newAttempt(),
    });
    const outcome = await super.create({ ...command, limits: noLimits, replacesDevice: false });
    if (outcome.status !== 'created') return outcome;
    const all = await listed(this, { userId: record.profile.userId, at, kind: 'ended' });
    const ended = all.filter(({ ending }) => ending?.at === at);
    return { ...outcome, ended, endedCount: ended.length };
  }
}

/** Counts what has run out, too. */
class CountsTheDead extends MemoryStore {
  override async create(command: creation.Create): Promise<outcomes.CreateOutcome> {
    const { record, at, limits } = command;
    const expired = await listed(this, { userId: record.profile.userId, at, kind: 'expired' });
    const user = limits.user === null ? null : limits.user - expired.length;
    return super.create({ ...command, limits: { ...limits, user } });
  }
}

/** Counts the session that a sign-in replaces, and then replaces it. */
class CountsTheReplaced extends MemoryStore {
  override async create(command: creation.Create): Promise<outcomes.CreateOutcome> {
    const outcome = await super.create({ ...command, replaces: [], replacesDevice: false });
    return outcome.status === 'limit-reached' ? outcome : super.create(command);
  }
}

/** Ends the newest instead of the oldest. */
class EndsTheWrongOne extends MemoryStore {
  override async create(command: creation.Create): Promise<outcomes.CreateOutcome> {
    const { evict, record, at } = command;
    if (!evict) return super.create(command);
    const active = await listed(this, { userId: record.profile.userId, at, kind: 'active' });
    const first = active.sort((one, other) => other.createdAt - one.createdAt).map(({ id }) => id);
    return super.create({ ...command, evict: { ...evict, first } });
  }
}

/** Spends the token before it has looked at the rest. */
class SpendsFirst extends MemoryStore {
  readonly #spent = new Map<OneTimeId, Buffer>();

  override async create(command: creation.Create): Promise<outcomes.CreateOutcome> {
    const { consumes, attempt } = command;
    if (!consumes) return super.create(command);
    const spentBy = this.#spent.get(consumes.oneTime);
    if (spentBy && !spentBy.equals(attempt)) return { status: 'spent' };
    this.#spent.set(consumes.oneTime, attempt);
    return super.create(command);
  }
}

/** Lets a token open as often as it is shown. */
class NeverSpends extends MemoryStore {
  override async create(command: creation.Create): Promise<outcomes.CreateOutcome> {
    const { consumes, record, at, notAfter } = command;
    const oneTime = consumes && (await this.findOneTime(consumes.oneTime));
    const outcome = await super.create(command);
    if (!oneTime || outcome.status !== 'created') return outcome;
    await super.create({
      ...{ ...command, at, notAfter, attempt: newAttempt(), consumes: null, replaces: [] },
      record: { ...record, id: mintSessionId(record.profile.userId) },
      limits: { ...noLimits, user: 0 },
      onReached: { oneTime, audit: command.audit },
    });
    return outcome;
  }
}

/** Keeps a user's own limit for whoever asks, and goes by the rest. */
class OwnLimitForgotten extends MemoryStore {
  readonly #own = new Map<UserKey, number | null>();

  override async setLimit(command: creation.SetLimit): Promise<void> {
    await super.setLimit({ ...command, limit: null });
    this.#own.set(command.user, command.limit);
  }

  override async findLimit(user: UserKey): Promise<number | null> {
    return this.#own.get(user) ?? null;
  }
}

/** Lets the user's own limit win whatever the precedence is. */
class NeverStrict extends MemoryStore {
  override create(command: creation.Create): Promise<outcomes.CreateOutcome> {
    return super.create({ ...command, limits: lenient(command.limits) });
  }

  override trim(command: creation.Trim): Promise<outcomes.TrimOutcome> {
    return super.trim({ ...command, limits: lenient(command.limits) });
  }
}

function lenient(limits: Limits): Limits {
  return { ...limits, precedence: 'user' };
}

/** Takes a trim that is sent again for another one. */
class ForgetfulTrim extends MemoryStore {
  override trim(command: creation.Trim): Promise<outcomes.TrimOutcome> {
    return super.trim({ ...command, attempt: newAttempt() });
  }
}

/** Sets a limit again when it is sent again, whatever was set in between. */
class ForgetfulLimit extends MemoryStore {
  override setLimit(command: creation.SetLimit): Promise<void> {
    return super.setLimit({ ...command, attempt: newAttempt() });
  }
}

/** Counts only those that left a tombstone. */
class CountsTombstones extends MemoryStore {
  override async create(command: creation.Create): Promise<outcomes.CreateOutcome> {
    const outcome = await super.create(command);
    return outcome.status === 'created' ? { ...outcome, endedCount: outcome.ended.length } : outcome;
  }
}

/** Shows an app no more than a person. */
class ShowsAHundred extends MemoryStore {
  override async create(command: creation.Create): Promise<outcomes.CreateOutcome> {
    const outcome = await super.create(command);
    return outcome.status === 'limit-reached' ? { ...outcome, records: outcome.records.slice(0, 100) } : outcome;
  }
}

/** Shows the sessions of a refusal in no order. */
class UnsortedRefusal extends MemoryStore {
  override async create(command: creation.Create): Promise<outcomes.CreateOutcome> {
    const outcome = await super.create(command);
    return outcome.status === 'limit-reached' ? { ...outcome, records: outcome.records.toReversed() } : outcome;
  }
}

/** Each with a test that must notice it. */
export const brokenLimits = [
  [CountsThenStores, 'limiting: A40 B21 of two hundred parallel sign-ins'],
  [EvictsThenStores, 'evicting: A40 B21 of two hundred parallel sign-ins that evict by oldest'],
  [CountsTheDead, 'limiting: A40 the dead do not count'],
  [CountsTheReplaced, 'replacing devices: what a sign-in replaces does not count'],
  [EndsTheWrongOne, 'evicting: A41 the oldest makes room'],
  [SpendsFirst, 'resuming: C-IDOR a session of nobody, or of another user, is no target'],
  [NeverSpends, 'resuming: A7 a token that was spent'],
  [OwnLimitForgotten, 'own limits: with a stored one of 1'],
  [NeverStrict, 'own limits: with a stored one of 5, {"user":3,"precedence":"strictest"}'],
  [ForgetfulTrim, 'trimming: sent twice'],
  [ForgetfulLimit, 'own limits: one that is sent again after another one'],
  [CountsTombstones, 'evicting many: A61 of many who go at once'],
  [ShowsAHundred, 'refusing: where a refusal leaves nothing'],
  [UnsortedRefusal, 'refusing: a refusal shows those used last first'],
] as const;
