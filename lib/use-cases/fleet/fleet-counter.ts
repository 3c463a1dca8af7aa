import { isoTime } from '../../domain/iso-time';
import { SessionError } from '../../domain/error';
import type { Context } from '../context';
import { takeCensus } from './census';
import { countCountries } from './countries';
import type { FleetCounts } from './outcomes';
import { Pace } from './pace';
import { samplingError } from './sample';
import { flushMilliseconds, hourMilliseconds } from './sign-in-tally';

const hoursShown = 24;
// Redis is busy with it for no more of the time.
const share = 0.25;

/** Counts everybody's sessions, once at a time whoever asks, and keeps the result. */
export class FleetCounter {
  readonly #context: Context;
  #last: { readonly counts: FleetCounts; readonly at: number } | undefined;
  #counting: Promise<FleetCounts> | undefined;

  constructor(context: Context) {
    this.#context = context;
  }

  /** One that has ended no longer ago than so many milliseconds. */
  count(maxAge: number): Promise<FleetCounts> {
    const now = this.#context.time.monotonic();
    if (this.#last && now - this.#last.at < maxAge) return Promise.resolve(this.#last.counts);
    this.#counting ??= this.#countAnew().finally(() => (this.#counting = undefined));
    return this.#counting;
  }

  async #countAnew(): Promise<FleetCounts> {
    const { closing, time } = this.#context;
    try {
      const counts = await this.#measure();
      // From its end on: of a million users the count alone takes longer than most answers are kept.
      this.#last = { counts, at: time.monotonic() };
      return counts;
    } catch (error) {
      if (!closing.signal.aborted) throw error;
      throw new SessionError('store_unavailable', { detail: 'the manager is closed' });
    }
  }

  async #measure(): Promise<FleetCounts> {
    const { store, time, signIns: tally, closing } = this.#context;
    const begun = performance.now();
    const at = await time.at();
    const pace = new Pace({ share, closing: closing.signal, isAwaited: true });
    const { sessions, users, byDeviceType, sample } = await takeCensus(store, at, pace);
    const byCountry = await countCountries(store, sample.items, sessions, pace);
    await tally.flush();
    const hours = lastHours(at);
    const signIns = await store.findSignIns(hours);
    const milliseconds = Math.round(performance.now() - begun);
    return {
      status: 'counted',
      measuredAt: isoTime(at),
      milliseconds,
      sessions,
      users,
      byDeviceType,
      byCountry,
      signIns: hours.map((hour, index) => ({ hour: isoTime(hour), count: signIns[index]! })),
      error: {
        sessions: changedWithin(milliseconds, Math.max(...signIns)),
        byCountry: samplingError(sessions, sample.items.length),
        signIns: flushMilliseconds / 1_000,
      },
    };
  }
}

function lastHours(at: number): number[] {
  const present = Math.floor(at / hourMilliseconds) * hourMilliseconds;
  return Array.from({ length: hoursShown }, (_, index) => present - (hoursShown - 1 - index) * hourMilliseconds);
}

/** In the long run as many end as begin. */
function changedWithin(milliseconds: number, signInsAnHour: number): number {
  return Math.ceil((2 * signInsAnHour * milliseconds) / hourMilliseconds);
}
