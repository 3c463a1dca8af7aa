import type { Emitter } from '../../events/emitter';

/** A judgement, and what is left to be written behind the request's back. */
export interface Judged<Verdict> {
  readonly verdict: Verdict;
  readonly behind?: () => Promise<unknown>;
  /** It is not final, and serves for a few seconds all the same: to judge at once again would cost much and tell no more. */
  readonly rests?: boolean;
}

interface Resting<Verdict> {
  readonly verdict: Verdict;
  readonly until: number;
}

/** As long as geoip-lite takes to read its data, and a few times that. */
const restMilliseconds = 5_000;
const mostResting = 10_000;

/**
 * Uses that are being judged in this process. The requests of one page all come from the same new place at once: the first is judged, the others get
 * its verdict, until it is written, and a few seconds longer where it is not final.
 */
export class Judgements<Verdict> {
  readonly #events: Emitter;
  readonly #monotonic: () => number;
  readonly #underWay = new Map<string, Promise<Verdict>>();
  readonly #resting = new Map<string, Resting<Verdict>>();
  readonly #written = new Set<Promise<void>>();

  constructor(events: Emitter, monotonic: () => number) {
    this.#events = events;
    this.#monotonic = monotonic;
  }

  /** The verdict on `key`, asked for once however many want it at a time. */
  once(key: string, judge: () => Promise<Judged<Verdict>>): Promise<Verdict> {
    const known = this.#underWay.get(key);
    if (known) return known;
    const rested = this.#rested(key);
    if (rested) return Promise.resolve(rested.verdict);
    const judged = judge();
    const verdict = judged.then((found) => found.verdict);
    this.#underWay.set(key, verdict);
    const written = this.#write(key, judged).finally(() => {
      this.#underWay.delete(key);
      this.#written.delete(written);
    });
    this.#written.add(written);
    return verdict;
  }

  /** Resolves when what was judged before is written, or has failed and was told. */
  async flush(): Promise<void> {
    await Promise.all(this.#written);
  }

  #rested(key: string): Resting<Verdict> | undefined {
    const resting = this.#resting.get(key);
    if (resting && resting.until > this.#monotonic()) return resting;
    this.#resting.delete(key);
    return undefined;
  }

  #rest(key: string, verdict: Verdict): void {
    this.#resting.set(key, { verdict, until: this.#monotonic() + restMilliseconds });
    if (this.#resting.size > mostResting) this.#resting.delete(this.#resting.keys().next().value!);
  }

  async #write(key: string, judged: Promise<Judged<Verdict>>): Promise<void> {
    // Those who asked for the verdict learn why there is none.
    const found = await judged.catch(() => undefined);
    if (found?.rests === true) this.#rest(key, found.verdict);
    const behind = found?.behind;
    if (!behind) return;
    // After the request's own work.
    await new Promise(setImmediate);
    try {
      await behind();
    } catch (error) {
      this.#events.emit('background.failed', { operation: 'risk', error, final: true });
    }
  }
}
