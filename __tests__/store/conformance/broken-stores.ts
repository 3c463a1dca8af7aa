import { randomBytes } from 'node:crypto';
import { type SessionId, mintSessionId, userKey } from '../../../lib/domain/session-id';
import type { SessionRecord } from '../../../lib/domain/session-record';
import type * as commands from '../../../lib/store/commands';
import type * as creation from '../../../lib/store/creation';
import type * as outcomes from '../../../lib/store/outcomes';
import { MemoryStore } from '../../../lib/stores/memory';
import { brokenAccessLogs } from './broken-access-logs';
import { brokenCounters } from './broken-counters';
import { brokenDisownings } from './broken-disownings';
import { brokenEpochs } from './broken-epochs';
import { brokenErasures } from './broken-erasures';
import { brokenKeepings } from './broken-keepings';
import { brokenLimits } from './broken-limits';
import { brokenOutboxes } from './broken-outboxes';
import { brokenOneTimes } from './broken-one-times';
import { brokenStepUps } from './broken-step-ups';

const newAttempt = (): Buffer => randomBytes(8);

/** Writes what it touches, whether it is there or not. */
class UpsertingTouch extends MemoryStore {
  readonly #revived = new Map<SessionId, SessionRecord>();

  override async touch(command: commands.Touch): Promise<outcomes.TouchOutcome> {
    const outcome = await super.touch(command);
    const record = await super.find(command.id);
    if (outcome.status !== 'missing' || !record?.ending) return outcome;
    this.#revived.set(record.id, { ...record, ending: null, lastSeenAt: command.at });
    return { status: 'touched' };
  }

  override async find(id: SessionId): Promise<SessionRecord | undefined> {
    return this.#revived.get(id) ?? super.find(id);
  }
}

/** Takes a resend for another sign-in. */
class RepeatingCreate extends MemoryStore {
  override async create(command: creation.Create): Promise<outcomes.CreateOutcome> {
    const { record } = command;
    if (!(await super.find(record.id))) return super.create(command);
    const id = mintSessionId(record.profile.userId);
    return super.create({ ...command, attempt: newAttempt(), record: { ...record, id } });
  }
}

/** Reads the pair, then writes the next one over whatever stands there by then. */
class GetThenSetRotate extends MemoryStore {
  override async rotate(command: commands.Rotate): Promise<outcomes.RotateOutcome> {
    const before = await this.find(command.id);
    const { generation } = before?.credentials ?? command;
    if (generation !== command.generation) return super.rotate(command);
    await new Promise(setImmediate);
    const { credentials } = (await this.find(command.id)) ?? { credentials: command };
    return super.rotate({
      ...command,
      generation: credentials.generation,
      presented: credentials.refreshDigest ?? command.presented,
    });
  }
}

/** Believes whoever knows the generation. */
class TrustingRotate extends MemoryStore {
  override async rotate(command: commands.Rotate): Promise<outcomes.RotateOutcome> {
    const record = await this.find(command.id);
    return super.rotate({ ...command, presented: record?.credentials.refreshDigest ?? command.presented });
  }
}

/** Slides although it was told not to. */
class AlwaysSlidingRotate extends MemoryStore {
  override rotate(command: commands.Rotate): Promise<outcomes.RotateOutcome> {
    return super.rotate({ ...command, slide: true });
  }
}

/** Ends what is there, and forgets the sign-ins that are on their way. */
class RevokeAllWithoutEpoch extends MemoryStore {
  override revokeAll(command: commands.RevokeAll): Promise<outcomes.RevokeAllOutcome> {
    return super.revokeAll({ ...command, epoch: null });
  }
}

/** The last amendment wins. */
class UnversionedAmend extends MemoryStore {
  override async amend(command: commands.Amend): Promise<outcomes.AmendOutcome> {
    for (let version = command.version; ;) {
      const outcome = await super.amend({ ...command, version });
      if (outcome.status !== 'conflict') return outcome;
      version = outcome.record.version;
    }
  }
}

/** Recognises no write that is sent again. */
class ForgetfulRevoke extends MemoryStore {
  override revoke(command: commands.Revoke): Promise<outcomes.RevokeOutcome> {
    return super.revoke({ ...command, attempt: newAttempt() });
  }
}

/** Remembers one write a session: the one that a second write pushes out is made again. */
class OneAttemptRetire extends MemoryStore {
  readonly #last = new Map<SessionId, Buffer>();

  override retire(command: commands.Retire): Promise<outcomes.RetireOutcome> {
    const isLast = this.#last.get(command.id)?.equals(command.attempt) === true;
    this.#last.set(command.id, command.attempt);
    return super.retire(isLast ? command : { ...command, attempt: newAttempt() });
  }
}

/** Never looks whether the caller still waits. */
class LateWriter extends MemoryStore {
  override create(command: creation.Create): Promise<outcomes.CreateOutcome> {
    return super.create({ ...command, notAfter: Infinity });
  }
}

/** Judges by its own clock. */
class OwnClock extends MemoryStore {
  override touch(command: commands.Touch): Promise<outcomes.TouchOutcome> {
    return super.touch({ ...command, at: this.now() });
  }
}

/** Pages by score alone, and so skips the rest of a tie. */
class TiesLost extends MemoryStore {
  override list(query: commands.ListQuery): Promise<outcomes.ListOutcome> {
    const last = query.kind === 'active' ? '~' : '';
    return super.list({ ...query, after: query.after && { ...query.after, id: last as SessionId } });
  }
}

/** Takes JSON apart as cjson does: an empty list comes back as an object. */
class EmptyListsLost extends MemoryStore {
  override async find(id: SessionId): Promise<SessionRecord | undefined> {
    const record = await super.find(id);
    if (!record) return undefined;
    const text = JSON.stringify(record.data).replaceAll('[]', '{}');
    return { ...record, data: JSON.parse(text) as Record<string, unknown> };
  }
}

/** Hands out what it holds, for anyone to write to. */
class Aliasing extends MemoryStore {
  readonly #held = new Map<SessionId, SessionRecord>();

  override async find(id: SessionId): Promise<SessionRecord | undefined> {
    const record = await super.find(id);
    if (record && !this.#held.has(id)) this.#held.set(id, { ...record, data: structuredClone(record.data) });
    return record && this.#held.get(id);
  }
}

/** Keeps the Buffers that it was handed. */
class KeepingBuffers extends MemoryStore {
  readonly #digests = new Map<SessionId, SessionRecord['credentials']['accessDigest']>();

  override create(command: creation.Create): Promise<outcomes.CreateOutcome> {
    this.#digests.set(command.record.id, command.record.credentials.accessDigest);
    return super.create(command);
  }

  override async find(id: SessionId): Promise<SessionRecord | undefined> {
    const record = await super.find(id);
    const accessDigest = this.#digests.get(id) ?? record?.credentials.accessDigest;
    return record && accessDigest && { ...record, credentials: { ...record.credentials, accessDigest } };
  }
}

/** Ends a session for anyone who knows its id. */
class OwnerIgnored extends MemoryStore {
  override revoke(command: commands.Revoke): Promise<outcomes.RevokeOutcome> {
    return super.revoke({ ...command, owner: null });
  }
}

/** Takes whatever a sign-in names, without its token. */
class ReplacingById extends MemoryStore {
  override async create(command: creation.Create): Promise<outcomes.CreateOutcome> {
    const replaces = command.replaces.map(async (one) => {
      const record = await this.find(one.id);
      return { ...one, digest: record?.credentials.accessDigest ?? one.digest };
    });
    return super.create({ ...command, replaces: await Promise.all(replaces) });
  }
}

/** Cuts user ids at what its keys cannot hold. */
class UsersCrossed extends MemoryStore {
  readonly #owners = new Map<string, string>();

  override async create(command: creation.Create): Promise<outcomes.CreateOutcome> {
    const { userId } = command.record.profile;
    this.#owners.set(userKey(userId), userKey(userId.split('\u0000')[0] ?? userId));
    return super.create(command);
  }

  override async revokeAll(command: commands.RevokeAll): Promise<outcomes.RevokeAllOutcome> {
    const outcome = await super.revokeAll(command);
    for (const [user, cut] of this.#owners) {
      if (cut === command.user && user !== cut) {
        await super.revokeAll({ ...command, user: user as commands.RevokeAll['user'] });
      }
    }
    return outcome;
  }
}

/** Each with a test that must notice it. */
export const brokenStores = [
  [UpsertingTouch, 'touching: on a session that ended, ran out or never was'],
  [RepeatingCreate, 'resends: a sign-in that replaces, sent twice, gives its first outcome'],
  [GetThenSetRotate, 'parallel writes: A25 B20 a hundred parallel rotations have one successor'],
  [TrustingRotate, 'rotating: A29 any other secret'],
  [AlwaysSlidingRotate, 'rotating: without sliding'],
  [RevokeAllWithoutEpoch, 'races: A37 a revoke-all racing sign-ins'],
  [UnversionedAmend, 'parallel writes: parallel amendments'],
  [ForgetfulRevoke, 'resends: a revocation, sent twice, gives its first outcome'],
  [OneAttemptRetire, 'resends: retiring the access token, sent twice with other writes between'],
  [LateWriter, 'late writes: A79 no session appears after its sign-in was given up'],
  [OwnClock, 'clocks: B13 a life far ahead'],
  [TiesLost, 'listing: pages hold each session once'],
  [EmptyListsLost, "fidelity: A57 the app's data comes back byte by byte"],
  [Aliasing, 'fidelity: A57 a change to what was handed out or in'],
  [KeepingBuffers, 'fidelity: A57 a change to what was handed out or in'],
  [OwnerIgnored, 'revoking: C-IDOR a session of another owner is missing'],
  [ReplacingById, 'replacing: A29 knowing an id replaces nothing'],
  [UsersCrossed, 'fidelity: A59 hostile user ids do not cross'],
  ...brokenCounters,
  ...brokenDisownings,
  ...brokenEpochs,
  ...brokenErasures,
  ...brokenStepUps,
  ...brokenLimits,
  ...brokenOneTimes,
  ...brokenAccessLogs,
  ...brokenOutboxes,
  ...brokenKeepings,
] as const;
