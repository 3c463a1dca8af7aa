import { addressBlock } from '../../../device/address-block';
import type { AdminActor } from '../../../domain/admin-actor';
import { SessionError } from '../../../domain/error';
import { parseSessionId } from '../../../domain/session-id';
import type { SessionManager } from '../../../session-manager';
import { clientAddress } from '../../client-address';
import { holdsToken } from '../../../tokens/holds-token';
import type { RefusedCaller } from '../../../use-cases/refused-calls';
import { isSessionError } from '../../problem';
import type { Answer } from '../../router/endpoint';
import type { Arrival } from '../../router/router';
import { isBrowserRequest } from './browser-request';
import { floodOf } from './challenge';
import type { AdminContext, Subject } from './context';
import { identify } from './identify';
import type { GuardSettings } from './options';
import { requireScope } from './require-scope';

const mostUserIdBytes = 512;

/** One call of the administrators' API, from the first look at it until it is logged. */
export class AdminVisit {
  readonly #sessions: SessionManager<object>;
  readonly #settings: GuardSettings;
  readonly #arrival: Arrival;
  readonly #ip: string | undefined;
  #actor: AdminActor | undefined;
  /** As whose a refusal counts; null: it was refused for those before it, which is counted and logged already. */
  #caller: RefusedCaller | null;
  /** Of a caller who was told, though not let in. */
  #actorId: string | null = null;
  #subject: Subject;

  constructor(sessions: SessionManager<object>, settings: GuardSettings, arrival: Arrival) {
    this.#sessions = sessions;
    this.#settings = settings;
    this.#arrival = arrival;
    this.#ip = clientAddress(arrival.req);
    this.#caller = { kind: 'address', block: addressBlock(this.#ip) };
    this.#subject = arrival.params;
  }

  /**
   * The answer, logged.
   *
   * @throws SessionError the refusal, logged; `too_many_attempts` in its place where there were too many; `store_unavailable` where either
   *   could not be written
   */
  async answered(answer: (context: AdminContext) => Promise<Answer>): Promise<Answer> {
    let given: Answer;
    try {
      given = await answer(await this.#admit());
    } catch (error) {
      throw await this.#refuse(error);
    }
    await this.#log(given.status, null);
    return given;
  }

  async #admit(): Promise<AdminContext> {
    const { req, operation } = this.#arrival;
    if (!this.#settings.admitsBrowsers && isBrowserRequest(req)) {
      throw new SessionError('browser_refused', {
        detail:
          "The administrators' API is for servers. An app's own pages may be let in with browsers: 'admitted'.",
      });
    }
    const identified = await identify(this.#sessions, this.#settings, req, addressBlock(this.#ip));
    if (identified.status === 'refused') {
      this.#actorId = identified.actorId;
      this.#caller = identified.caller;
      throw identified.error;
    }
    const { actor } = identified;
    this.#actor = actor;
    this.#actorId = actor.id;
    this.#caller = { kind: 'actor', id: actor.id };
    const scope = operation?.access;
    if (scope !== undefined && scope !== 'anyone' && scope !== 'session') requireScope(actor, scope);
    const concerns = (subject: Subject): void => {
      this.#subject = { ...this.#subject, ...subject };
    };
    return { sessions: this.#sessions, actor, concerns };
  }

  /** What the caller is told in the end. */
  async #refuse(error: unknown): Promise<unknown> {
    const refusal = isSessionError(error) ? error : new SessionError('internal_error');
    if (!this.#caller) return refusal;
    if (!isCounted(refusal, this.#actor)) {
      await this.#log(refusal.status, refusal.code);
      return error;
    }
    const verdict = await this.#sessions.access.countRefused(this.#caller);
    if (verdict.status === 'counted') {
      await this.#log(refusal.status, refusal.code);
      return refusal;
    }
    const { first, retryAfterSeconds } = verdict;
    const flood = floodOf(retryAfterSeconds);
    if (first) await this.#log(flood.status, flood.code);
    return flood;
  }

  async #log(status: number, code: string | null): Promise<void> {
    const { userId, sessionId } = this.#subject;
    await this.#sessions.access.record({
      actor: this.#actorId,
      operation: this.#arrival.operation?.id ?? null,
      status,
      code,
      userId: readUserId(userId),
      sessionId: parseSessionId(sessionId) ?? null,
      ip: this.#ip ?? null,
    });
  }
}

/**
 * Whether a refusal counts towards those that have to wait. Of strangers also that their caller could not be judged: what they send may
 * be what makes the app's function throw, and each such call would be a line in the log.
 */
function isCounted({ status, code }: SessionError, actor: AdminActor | undefined): boolean {
  return actor ? code === 'insufficient_scope' : status < 500 || code === 'hook_failed';
}

/** A path may hold anything; only what can be a user's id is kept, and no token that was sent in its place (A65). */
function readUserId(userId: string | undefined): string | null {
  const isOne =
    userId && userId.isWellFormed() && Buffer.byteLength(userId) <= mostUserIdBytes && !holdsToken(userId);
  return isOne ? userId : null;
}
