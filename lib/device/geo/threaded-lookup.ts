import { LookupWorker } from './lookup-worker';

/**
 * A module's `lookup` in a thread that starts with the first address. One that has failed is started anew, but not at each sign-in:
 * until its time has come, each lookup fails of the same. Once closed it knows nothing, until it is opened again.
 */
export class ThreadedLookup {
  readonly #modulePath: () => string;
  readonly #interval: number;
  #worker: LookupWorker | undefined;
  #startedAt = -Infinity;
  #isClosed = false;

  /** @param interval - milliseconds between two starts at least, where the first has failed */
  constructor(modulePath: () => string, interval: number) {
    this.#modulePath = modulePath;
    this.#interval = interval;
  }

  open(): void {
    this.#isClosed = false;
  }

  /** What the module has of an address; null once closed. @throws where the thread or the module fails, or is closed meanwhile */
  async find(ip: string): Promise<unknown> {
    return this.#isClosed ? null : this.#running().lookup(ip);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.close();
  }

  #running(): LookupWorker {
    const isDue = performance.now() - this.#startedAt >= this.#interval;
    if (!this.#worker || (this.#worker.isGone && isDue)) {
      this.#worker = new LookupWorker(this.#modulePath());
      this.#startedAt = performance.now();
    }
    return this.#worker;
  }
}
