import { isoTime } from '../../domain/iso-time';
import { parseSessionId, userKey } from '../../domain/session-id';
import { refuseUnknown } from '../../options/read-options';
import { readOneTimeToken } from '../../tokens/one-time-token';
import type { Context } from '../context';
import { readActor, systemActor } from '../ending';
import { issueOneTime } from '../one-time-tokens/issue';
import { checkLifetime } from '../one-time-tokens/lifetime';
import { disownPurpose as purpose } from '../one-time-tokens/purpose';
import { notFound } from '../refusal';
import { disownSignIn } from './disown';
import type { DisownOptions, IssueDisowningOptions } from './inputs';
import { keepSignIn, presentKept, readKept } from './kept-sign-in';
import type { DisownSignInOutcome, InspectDisowningOutcome, IssueDisowningOutcome } from './outcomes';
import { refused, refuseDisowning } from './refusal';

const lifetimes = { least: 60_000, most: 30 * 86_400_000 };

/**
 * "This wasn't me": links for the notice of a sign-in, with which its user ends it without being signed in. Whoever has the link can do that
 * and nothing else: it signs nobody in.
 */
export class Disowning {
  readonly #context: Context;

  /** @internal */
  constructor(context: Context) {
    this.#context = context;
  }

  /**
   * Makes the token of a link about a session, live or over: `not-found` where it is not remembered any more, and of one that an administrator
   * uses in the user's place, which is no sign-in of theirs. Its history tells of it. 2 round trips.
   *
   * @throws SessionError `request_invalid`, naming the field
   */
  async issue(sessionId: string, options: IssueDisowningOptions = {}): Promise<IssueDisowningOutcome> {
    refuseUnknown(options, ['expiresIn', 'actor'], 'disowning.issue');
    const lifetime = checkLifetime(options.expiresIn ?? '7d', lifetimes, 'expiresIn');
    const actor = options.actor === undefined ? systemActor : readActor(options.actor);
    const id = parseSessionId(sessionId);
    const record = id && (await this.#context.store.find(id));
    if (!record || record.profile.impersonator) return notFound;
    const { userId } = record.profile;
    return issueOneTime(this.#context, {
      purpose,
      lifetime,
      uses: 1,
      user: userKey(userId),
      userId,
      payload: keepSignIn(record),
      actor,
      event: 'link_issued',
      sessionId: record.id,
    });
  }

  /** What a link is about, for the page that asks for a confirmation. Changes nothing, and uses nothing up. 1 round trip. */
  async inspect(token: string): Promise<InspectDisowningOutcome> {
    const id = readOneTimeToken(token);
    const known = id && (await this.#context.store.findOneTime(id));
    if (known?.purpose !== purpose) return refused('invalid');
    // As the step that acts would judge it.
    if (known.expiresAt <= (await this.#context.time.at())) return refused('expired');
    if (known.uses === 0) return refused('spent');
    return { status: 'valid', session: presentKept(readKept(known)), expiresAt: isoTime(known.expiresAt) };
  }

  /**
   * Acts on a link, once, in one step: ends that session and all that the user signed in to since; has every other one confirm its login before
   * it opens anything; refuses sign-ins under way. Whoever signed in knew the password: hear of `sign-in.disowned` and have it
   * changed. Of parallel calls one wins. 2 round trips; 1 for a token that is unknown, none for what is no token.
   */
  async disown(token: string, options: DisownOptions = {}): Promise<DisownSignInOutcome> {
    refuseUnknown(options, ['client'], 'disowning.disown');
    const id = readOneTimeToken(token);
    return id ? disownSignIn(this.#context, id, options) : refuseDisowning(this.#context, 'invalid', null);
  }
}
