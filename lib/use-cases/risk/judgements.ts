import type { Emitter } from '../../events/emitter';

/** A judgement, and what is left to be written behind the request's back. */
export interface Judged<Verdict> {
  readonly verdict: Verdict;
  readonly behind?: () => Promise<unknown>;
}

/**
 * Uses that are being judged in this process. The requests of one page all come from the same new place at once: the first is judged, the others get
 * its verdict, until it is written.
 */
export class Judgements<Verdict> {
  readonly #events: Emitter;
  readonly #underWay = new Map<string, Promise<Verdict>>();
  readonly #written = new Set<Promise<void>>();

  constructor(events: Emitter) {
    this.#events = events;
  }

  /** The verdict on `key`, asked for once however many want it at a time. */
  once(key: string, judge: () => Promise<Judged<Verdict>>): Promise<Verdict> {
    const known = this.#underWay.get(key);
    if (known) return known;
    const judged = judge();
    const verdict = judged.then((found) => found.verdict);
    this.#underWay.set(key, verdict);
    const written = this.#write(judged).finally(() => {
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

  async #write(judged: Promise<Judged<Verdict>>): Promise<void> {
    // Those who asked for the verdict learn why there is none.
    const behind = await judged.then((found) => found.behind).catch(() => undefined);
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
