import { RedisStore } from 'sessionkeeper';

// Each breaks one promise, so that a run with it shows whether the checker would notice.

/** Says that a session has ended, for good, and leaves it alone. */
class ForgetfulRevoke extends RedisStore {
  async revoke({ id, ending }) {
    const record = await this.find(id);
    if (!record) return { status: 'missing' };
    return {
      status: 'ended',
      record: { ...record, ending: record.ending ?? ending },
      changed: true,
      durable: true,
    };
  }
}

/** Exchanges whatever is presented, also what was exchanged before. */
class TrustingRotate extends RedisStore {
  async rotate(command) {
    const { credentials } = (await this.find(command.id)) ?? { credentials: undefined };
    if (!credentials) return super.rotate(command);
    const { family, generation, refreshDigest } = credentials;
    return super.rotate({ ...command, family, generation, presented: refreshDigest });
  }
}

/** Adds a session without counting. */
class UncountedCreate extends RedisStore {
  create(command) {
    return super.create({ ...command, limits: { ...command.limits, user: null } });
  }
}

/** Forgets the parent at once, so that whoever asks again after a lost reply looks like a thief. */
class UnforgivingRotate extends RedisStore {
  async rotate(command) {
    const outcome = await super.rotate(command);
    if (outcome.status !== 'unchanged') return outcome;
    const { credentials } = outcome.record;
    return { ...outcome, record: { ...outcome.record, credentials: { ...credentials, parent: null } } };
  }
}

/** Remembers live sessions, and never hears of their end. */
class DeafCache extends RedisStore {
  #live = new Map();

  async find(id) {
    const record = await super.find(id);
    if (record?.ending === null) this.#live.set(id, record);
    return this.#live.get(id) ?? record;
  }
}

export const brokenStores = {
  'forgetful-revoke': ForgetfulRevoke,
  'trusting-rotate': TrustingRotate,
  'uncounted-create': UncountedCreate,
  'unforgiving-rotate': UnforgivingRotate,
  'deaf-cache': DeafCache,
};
