import { randomBytes } from 'node:crypto';
import type { CounterId } from '../../../lib/domain/slotted-id';
import type { Count, Counter, CountOutcome, Reset, ResetOutcome } from '../../../lib/store/counters';
import { MemoryStore } from '../../../lib/stores/memory';

/** Counts what is held. */
class CountWhileHeld extends MemoryStore {
  override async count(command: Count): Promise<CountOutcome> {
    const outcome = await super.count(command);
    if (outcome.status === 'counted') return outcome;
    const at = Math.max(...outcome.counters.map(({ heldUntil }) => heldUntil));
    return super.count({ ...command, at });
  }
}

/** Looks whether it is held, then counts, whatever holds it by then. */
class GetThenSetCount extends CountWhileHeld {
  override async count(command: Count): Promise<CountOutcome> {
    const { leader, followers } = command.budgets.at(-1)!;
    const before = await this.findCounters([leader, ...followers].map(({ id }) => id));
    if (before.some(({ heldUntil }) => heldUntil > command.at)) {
      return { status: 'held', budget: command.budgets.length - 1, counters: before };
    }
    await new Promise(setImmediate);
    return super.count(command);
  }
}

/** Recognises no count that is sent again. */
class ForgetfulCount extends MemoryStore {
  override count(command: Count): Promise<CountOutcome> {
    return super.count({ ...command, attempt: randomBytes(8) });
  }
}

/** Counts late. */
class LateCount extends MemoryStore {
  override count(command: Count): Promise<CountOutcome> {
    return super.count({ ...command, notAfter: Infinity });
  }
}

/** Takes every device for a known one. */
class EveryoneKnown extends MemoryStore {
  override count(command: Count): Promise<CountOutcome> {
    return super.count({ ...command, budgets: command.budgets.map((each) => ({ ...each, known: null })) });
  }
}

/** Tells in the history of leaders alone. */
class FollowersUntold extends MemoryStore {
  override count(command: Count): Promise<CountOutcome> {
    const budgets = command.budgets.map((each) => {
      return { ...each, followers: each.followers.map((rule) => ({ ...rule, locksFrom: null })) };
    });
    return super.count({ ...command, budgets });
  }
}

/** Tells of each lock as of the leader's. */
class FollowersTakenForLeaders extends MemoryStore {
  override count(command: Count): Promise<CountOutcome> {
    const budgets = command.budgets.map((each) => ({
      ...each,
      audit: each.audit?.map(() => each.audit![0]!) ?? null,
    }));
    return super.count({ ...command, budgets });
  }
}

/** Starts no window anew. */
class WindowsIgnored extends MemoryStore {
  override count(command: Count): Promise<CountOutcome> {
    const budgets = command.budgets.map((each) => ({ ...each, leader: { ...each.leader, window: null } }));
    return super.count({ ...command, budgets });
  }
}

/** Counts what only asks. */
class CountingProbe extends MemoryStore {
  override count(command: Count): Promise<CountOutcome> {
    return super.count({ ...command, probe: false });
  }
}

/** Says of everyone who asks that nothing holds him. */
class BlindProbe extends MemoryStore {
  override async count(command: Count): Promise<CountOutcome> {
    const outcome = await super.count(command);
    return command.probe ? { ...outcome, status: 'counted' } : outcome;
  }
}

/** Tells who asks what is stored, and not what the rules make of it. */
class LiteralProbe extends MemoryStore {
  override async count(command: Count): Promise<CountOutcome> {
    const outcome = await super.count(command);
    if (!command.probe) return outcome;
    const { leader, followers } = command.budgets[outcome.budget]!;
    const counters = await this.findCounters([leader, ...followers].map(({ id }) => id));
    const isHeld = counters.some(({ heldUntil }) => heldUntil > command.at);
    return { ...outcome, status: isHeld ? 'held' : 'counted', counters };
  }
}

/** Takes who asks for a stranger. */
class ProbeOfStrangers extends MemoryStore {
  override async count(command: Count): Promise<CountOutcome> {
    if (!command.probe) return super.count(command);
    const last = command.budgets.length - 1;
    const outcome = await super.count({ ...command, budgets: command.budgets.slice(last) });
    return { ...outcome, budget: last };
  }
}

/** Forgets which devices signed in. */
class ResetForgetsKnown extends MemoryStore {
  override reset(command: Reset): Promise<ResetOutcome> {
    return super.reset({ ...command, known: null });
  }
}

/** Says of a resend that there was nothing to forget. */
class ForgetfulReset extends MemoryStore {
  override reset(command: Reset): Promise<ResetOutcome> {
    return super.reset({ ...command, attempt: randomBytes(8) });
  }
}

/** Tells of every reset. */
class TalkativeReset extends MemoryStore {
  override async reset(command: Reset): Promise<ResetOutcome> {
    await super.reset(command);
    return { forgot: true };
  }
}

/** Takes names for the same that differ in case. */
class CountersCrossed extends MemoryStore {
  override findCounters(ids: readonly CounterId[]): Promise<readonly Counter[]> {
    return super.findCounters(ids.map(lowered));
  }

  override count(command: Count): Promise<CountOutcome> {
    const budgets = command.budgets.map((each) => {
      return { ...each, leader: { ...each.leader, id: lowered(each.leader.id) } };
    });
    return super.count({ ...command, budgets });
  }
}

function lowered(id: CounterId): CounterId {
  return id.toLowerCase() as CounterId;
}

/** Each with a test that must notice it. */
export const brokenCounters = [
  [CountWhileHeld, 'counting: a counter that is held counts nothing'],
  [GetThenSetCount, 'counting: A68 of two hundred parallel counts'],
  [ForgetfulCount, 'counting: a count that is sent twice counts once'],
  [LateCount, 'counting: A79 a count that comes after its caller gave up'],
  [EveryoneKnown, 'counting on budgets: C-lockout-DoS a known budget applies once'],
  [FollowersUntold, 'counting: A68 the history tells of a follower that locks'],
  [FollowersTakenForLeaders, 'counting: A68 the history tells of a follower that locks'],
  [WindowsIgnored, 'counting: after its window a counter begins anew'],
  [CountingProbe, 'probing counters: a probe tells how the counters stand'],
  [BlindProbe, 'probing counters: A68 a probe says held where any counter of its budget is'],
  [LiteralProbe, 'probing counters: to a probe, a counter whose window is over stands at 0'],
  [ProbeOfStrangers, 'probing counters: C-lockout-DoS a probe chooses the budget'],
  [ResetForgetsKnown, 'counting on budgets: C-lockout-DoS a known budget applies once'],
  [ForgetfulReset, 'resetting counters: a reset that is sent twice gives its first outcome'],
  [TalkativeReset, 'resetting counters: a reset tells whether any counter had counted'],
  [CountersCrossed, 'counting: A59 counters do not mix'],
] as const;
