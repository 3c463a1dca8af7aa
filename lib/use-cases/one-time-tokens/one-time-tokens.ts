import { refuseUnknown } from '../../options/read-options';
import type { OneTime } from '../../store/one-times';
import { readOneTimeToken } from '../../tokens/one-time-token';
import { checkUserId, invalidField } from '../check';
import type { Context } from '../context';
import { readActor, systemActor } from '../ending';
import { checkData } from '../session-data';
import { consumeOneTime } from './consume';
import type { IssueOneTimeTokenInput, RedeemOneTimeTokenOptions } from './inputs';
import { issueOneTime } from './issue';
import { checkLifetime } from './lifetime';
import type { IssuedOneTimeToken, OneTimeTokenRefused, RedeemOneTimeTokenOutcome } from './outcomes';
import { checkPurpose } from './purpose';
import { refuseOneTime } from './refusal';

const inputNames = ['purpose', 'lifetime', 'userId', 'data', 'maxUses', 'actor'];
const lifetimes = { least: 10_000, most: 86_400_000 };
const maxDataBytes = 4_096;
const mostUses = 1_000;

/** What the store keeps of a token for its bearer. */
interface Kept {
  readonly userId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Tokens that open something once, or so many times: invitations, login codes, the second step of a flow (ASVS 6.5). */
export class OneTimeTokens {
  readonly #context: Context;

  /** @internal */
  constructor(context: Context) {
    this.#context = context;
  }

  /**
   * Issues a token. It is shown once, here: the store keeps a digest. 1 round trip.
   *
   * @throws SessionError `request_invalid`, naming the field
   */
  async issue(input: IssueOneTimeTokenInput): Promise<IssuedOneTimeToken> {
    refuseUnknown(input, inputNames, 'oneTimeTokens.issue');
    const { purpose, lifetime, userId, data, maxUses = 1, actor } = input;
    const user = userId === undefined ? null : checkUserId(userId);
    const kept: Kept = { userId: userId ?? null, data: checkData(data, maxDataBytes) };
    return issueOneTime(this.#context, {
      purpose: checkPurpose(purpose),
      lifetime: checkLifetime(lifetime, lifetimes),
      uses: checkUses(maxUses),
      user,
      userId: kept.userId,
      payload: kept,
      actor: actor === undefined ? systemActor : readActor(actor),
    });
  }

  /**
   * Takes a use of a token, and gives what it was issued with. Of parallel calls as many succeed as it has uses. 1 round trip; none
   * for what is no token.
   *
   * @throws SessionError `request_invalid` for a purpose that is none
   */
  async redeem(token: string, options: RedeemOneTimeTokenOptions): Promise<RedeemOneTimeTokenOutcome> {
    refuseUnknown(options, ['purpose', 'client'], 'oneTimeTokens.redeem');
    const purpose = checkPurpose(options.purpose);
    const id = readOneTimeToken(token);
    if (!id) return this.#refuse(purpose, 'invalid', null);
    const { client } = options;
    const outcome = await consumeOneTime(this.#context, { id, purpose, client, refusal: null, subject: userIdIn });
    if (outcome.status === 'missing') return this.#refuse(purpose, 'invalid', null);
    const { uses: remainingUses, payload } = outcome.oneTime;
    const { userId, data } = JSON.parse(payload) as Kept;
    if (outcome.status !== 'consumed') return this.#refuse(purpose, outcome.status, userId);
    this.#context.events.emit('one-time-token.redeemed', { purpose, userId, remainingUses });
    return { status: 'redeemed', userId: userId ?? undefined, data, remainingUses };
  }

  #refuse(purpose: string, status: OneTimeTokenRefused['status'], userId: string | null): OneTimeTokenRefused {
    this.#context.events.emit('one-time-token.refused', { purpose, userId, reason: status });
    return refuseOneTime(status);
  }
}

function userIdIn({ payload }: OneTime): string | null {
  return (JSON.parse(payload) as Kept).userId;
}

function checkUses(maxUses: unknown): number {
  if (typeof maxUses === 'number' && Number.isInteger(maxUses) && maxUses >= 1 && maxUses <= mostUses)
    return maxUses;
  throw invalidField('maxUses', 'a whole number from 1 to 1,000', maxUses);
}
