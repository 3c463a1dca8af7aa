import type { Actor } from '../domain/actor';
import type { Limits } from '../domain/limits';
import { isLimit } from '../options/limits';
import { refuseUnknown } from '../options/read-options';
import { exceededBy, limitsOf } from '../policies/limits';
import { auditEntry } from './audit';
import { checkUserId, invalidField } from './check';
import type { Context } from './context';
import { readActor, systemActor } from './ending';
import { farewell } from './farewell';
import { refuseImpersonator } from './impersonation/refused-actor';
import type { ActorOption } from './inputs';
import { askOwnLimit, askPreference } from './limit-hooks';
import { listSessions } from './list';
import type { Eviction } from '../store/creation';
import type { SessionView } from '../domain/session-view';

/** Limits of single users, as data. */
export class SessionLimits {
  readonly #context: Context;

  /** @internal */
  constructor(context: Context) {
    this.#context = context;
  }

  /**
   * Gives a user a limit of their own, kept until it is set again; null takes it away, and then `forUser` and the global one
   * apply. Acts at the next sign-in; `trim` makes it act now. 1 round trip.
   *
   * @throws SessionError `request_invalid` for anything but null and whole numbers from 1 to 1,000,000
   */
  async set(userId: string, limit: number | null, options: ActorOption = {}): Promise<void> {
    const { settings, store, time, events } = this.#context;
    const user = checkUserId(userId);
    if (limit !== null && !isLimit(limit)) {
      throw invalidField('limit', 'null or a whole number from 1 to 1,000,000', limit);
    }
    const actor = readActorOption(options, 'limits.set');
    const write = await time.stamp();
    const audit = auditEntry(settings, write.at, 'session_limit_changed', {
      actor,
      sessionId: null,
      subject: userId,
    });
    await store.setLimit({ ...write, user, limit, audit: { ...audit, count: limit } });
    events.emit('limit.changed', { userId, limit, actor });
  }

  /** The limit that was set for a user; null where none is. 1 round trip. */
  get(userId: string): Promise<number | null> {
    return this.#context.store.findLimit(checkUserId(userId));
  }

  /**
   * Ends as many of a user's sessions as exceed the manager's limits, in the order of `onExceeded`; where that is `reject`, those
   * that began first. 1 round trip; more where a function says which, which is asked only where a limit is exceeded.
   *
   * @throws SessionError `hook_failed`
   */
  async trim(
    userId: string,
    options: ActorOption = {},
  ): Promise<{ readonly status: 'ended'; readonly count: number; readonly durable: boolean }> {
    const { settings, store, time, events, unconfirmed } = this.#context;
    const user = checkUserId(userId);
    const actor = readActorOption(options, 'limits.trim');
    const limits = limitsOf(settings.limit, await askOwnLimit(this.#context, settings.limit, userId));
    const evict = await this.#eviction(userId, limits);
    const write = await time.stamp();
    const evicting = farewell(settings, write.at, {
      event: 'session_evicted',
      reason: 'evicted',
      actor,
      replacedBy: null,
      ip: null,
      subject: userId,
    });
    const command = { ...write, user, limits, evict, evicting };
    const { count, durable } = await store.trim(command);
    if (count > 0) events.emit('sessions.ended', { userId, count, reason: 'evicted', actor, durable });
    if (!durable) {
      const repeat = (notAfter: number) => store.trim({ ...command, notAfter });
      unconfirmed.add({ userId, sessionId: null, repeat });
    }
    return { status: 'ended', count, durable };
  }

  async #eviction(userId: string, limits: Limits): Promise<Eviction> {
    const { settings, store } = this.#context;
    const { evict } = settings.limit;
    if (typeof evict !== 'function') return { first: [], order: evict ?? 'oldest' };
    const sessions = await this.#countedSessions(userId);
    const exceeded = exceededBy(sessions, limits, await store.findLimit(checkUserId(userId)));
    if (!exceeded) return { first: [], order: 'oldest' };
    return {
      first: await askPreference(this.#context, evict, sessions, { ...exceeded, userId }),
      order: 'oldest',
    };
  }

  /** All that limits count. */
  async #countedSessions(userId: string): Promise<readonly SessionView[]> {
    const sessions: SessionView[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await listSessions(this.#context, userId, { limit: 100, ...(cursor && { cursor }) });
      sessions.push(...page.data.filter(({ actor }) => actor === undefined));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return sessions;
  }
}

function readActorOption(options: ActorOption, where: string): Actor {
  refuseUnknown(options, ['actor'], where);
  const actor = options.actor === undefined ? systemActor : readActor(options.actor);
  refuseImpersonator(actor);
  return actor;
}
