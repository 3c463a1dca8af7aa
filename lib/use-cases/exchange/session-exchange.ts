import { userKey } from '../../domain/session-id';
import { refuseUnknown } from '../../options/read-options';
import { readOneTimeToken } from '../../tokens/one-time-token';
import type { Context } from '../context';
import { userActor } from '../ending';
import { issueOneTime } from '../one-time-tokens/issue';
import { checkLifetime } from '../one-time-tokens/lifetime';
import { exchangePurpose as purpose } from '../one-time-tokens/purpose';
import type { IssueRequestTokenInput, RedeemRequestTokenOptions } from './inputs';
import type { ExchangeOutcome, IssuedRequestToken } from './outcomes';
import { redeemRequest, refuseRequest } from './redeem';
import { readRequest } from './request';
import { checkVerifier } from './code-challenge';

const inputNames = [
  'userId',
  'codeChallenge',
  'applicationId',
  'transport',
  'startedAt',
  'remember',
  'scope',
  'data',
  'methods',
  'authenticatedAt',
  'lifetime',
];
const optionNames = [
  'codeVerifier',
  'applicationId',
  'client',
  'replaces',
  'deviceId',
  'limit',
  'carry',
  'prepare',
];
const lifetimes = { least: 10_000, most: 600_000 };

/**
 * Signs people in in two steps: the app that knows the user issues a request token, and the client that began the login exchanges
 * it for a session (RFC 6749 section 4.1 with RFC 7636, as after a social login in a mobile app). Whoever intercepts the
 * token cannot use it: only the client knows the verifier.
 */
export class SessionExchange<Data extends object = Record<string, unknown>> {
  readonly #context: Context;

  /** @internal */
  constructor(context: Context) {
    this.#context = context;
  }

  /**
   * Issues a request token for a user who has proved who they are. It is as old as their sign-in: ending all of the user's sessions
   * in between stops it. 1 round trip.
   *
   * @throws SessionError `request_invalid`, naming the field
   */
  async issue(input: IssueRequestTokenInput<Data>): Promise<IssuedRequestToken> {
    refuseUnknown(input, inputNames, 'exchange.issue');
    const { lifetime = '1m', ...rest } = input;
    const milliseconds = checkLifetime(lifetime, lifetimes);
    const request = await readRequest(this.#context, rest);
    const { token: requestToken, ...issued } = await issueOneTime(this.#context, {
      purpose,
      lifetime: milliseconds,
      uses: 1,
      user: userKey(input.userId),
      userId: input.userId,
      payload: request,
      actor: userActor,
    });
    return { ...issued, requestToken };
  }

  /**
   * Exchanges a request token for a session. The first call spends it, whatever comes of it: a wrong verifier, or another application
   * than the one it was issued for, costs the token. Within the limits, as `create`. 3 round trips; none for what is no token.
   *
   * @throws SessionError `request_invalid` for what is no verifier at all, and then the token is not spent; `store_unavailable`,
   * and then it may be; `hook_failed`
   */
  async redeem(requestToken: string, options: RedeemRequestTokenOptions): Promise<ExchangeOutcome<Data>> {
    refuseUnknown(options, optionNames, 'exchange.redeem');
    checkVerifier(options.codeVerifier);
    const id = readOneTimeToken(requestToken);
    if (!id) return refuseRequest(this.#context, 'invalid', null);
    return (await redeemRequest(this.#context, id, options)) as ExchangeOutcome<Data>;
  }
}
