import { durationMilliseconds, type Duration } from '../../domain/duration';
import type { Actor } from '../../domain/actor';
import type { EndReason } from '../../domain/end-reason';
import type { FleetEndingView } from '../../domain/fleet-ending-view';
import { refuseUnknown } from '../../options/read-options';
import type { Context } from '../context';
import { readActor, readEnding } from '../ending';
import { issueConfirmation } from './confirmation';
import { FleetCounter } from './fleet-counter';
import type { EndAllOutcome, FleetCounts, PreparedFleetEnding } from './outcomes';
import { presentEnding } from './present-ending';
import { startEnding } from './start-ending';

// How old the count that a dry run shows may be, in milliseconds.
const fresh = 60_000;

/** How old a count may be. */
export interface CountOptions {
  /** `1m` unless given; `0s` counts anew. */
  readonly maxAge?: Duration | undefined;
}

/** Why and for whom everybody's sessions are to end. */
export interface PrepareEndingInput {
  /** A lower-case word of at most 32 characters; `fleet_ended` unless given. People whose sessions end are told it. */
  readonly reason?: EndReason | undefined;
  /** Who is going to confirm it. */
  readonly actor: Actor;
}

/** Everybody's sessions together: how many there are, and the end of all of them. */
export class SessionFleet {
  readonly #context: Context;
  readonly #counter: FleetCounter;

  /** @internal */
  constructor(context: Context) {
    this.#context = context;
    this.#counter = new FleetCounter(context);
  }

  /**
   * How many sessions and users there are, on what devices, from where, and how many signed in of late; with the error of each. It is
   * counted by a walk through all users that leaves the store three quarters of the time, once at a time, and kept for a minute. Costs
   * about one round trip in 20 users; none where a count is kept.
   *
   * @throws SessionError `options_invalid` for a `maxAge` that is no duration
   */
  async counts(options: CountOptions = {}): Promise<FleetCounts> {
    const { maxAge = '1m' } = refuseUnknown(options, ['maxAge'], 'fleet.counts');
    return this.#counter.count(durationMilliseconds(maxAge, 'fleet.counts.maxAge'));
  }

  /**
   * The dry run: counts what {@link SessionFleet.endAll} would end, unless a count is less than a minute old, and gives the confirmation
   * that it asks for, good once and for ten minutes. Who gave up waiting may ask again: the count goes on.
   *
   * @throws SessionError `request_invalid` for a reason or actor that could not be stored and shown safely
   */
  async prepareEnding(input: PrepareEndingInput): Promise<PreparedFleetEnding> {
    const { reason, actor } = refuseUnknown(input, ['reason', 'actor'], 'fleet.prepareEnding');
    const ending = readEnding({ reason: reason as EndReason | undefined, actor: readActor(actor) }, 'fleet_ended');
    const { sessions, users } = await this.#counter.count(fresh);
    const { token, expiresAt } = await issueConfirmation(this.#context, { ...ending, sessions, users });
    return { status: 'prepared', sessions, users, confirmation: token, expiresAt };
  }

  /**
   * Ends everybody's sessions. When it resolves, no session and no sign-in that began before can be renewed, and none outlives its next
   * recorded use; the sessions themselves end one after the other behind it, until {@link SessionFleet.progress} says that it is
   * `finished`. The same confirmation sent again gives the same ending, whose `durable: false` says that replicas did not confirm it all.
   * About 4,100 small writes.
   *
   * @throws SessionError `store_unavailable`; then send the same confirmation again. It may have begun: {@link SessionFleet.progress}
   */
  async endAll(confirmation: string, options: { readonly actor: Actor }): Promise<EndAllOutcome> {
    const { actor } = refuseUnknown(options, ['actor'], 'fleet.endAll');
    return startEnding(this.#context, confirmation, readActor(actor));
  }

  /** How far the last ending has come; undefined where there was none. Takes the work up where nobody is at it. 1 round trip. */
  async progress(): Promise<FleetEndingView | undefined> {
    const ending = await this.#context.store.findFleetEnding();
    if (!ending) return undefined;
    if (ending.finishedAt === null) this.#context.fleetDrain.resume();
    return presentEnding(ending);
  }

  /**
   * Takes up an ending that a process left half done, now or as soon as that one's lease of 15 seconds is over. To be called when a
   * process begins; answers nothing and never throws.
   */
  resume(): void {
    this.#context.fleetDrain.resume();
  }
}
