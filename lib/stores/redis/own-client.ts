import type { Redis } from 'ioredis';
import { jittered } from './jittered';
import { loadIoredis } from './load-ioredis';

const connectTimeout = 2_000;
const shortestRetry = 25;
const longestRetry = 1_000;
const longestQuit = 1_000;
/** Less silence than this says nothing of a connection. */
const shortestSilence = 1_000;

/** A connection of the store's own: fails fast and reconnects for ever. Waiting, deadlines and repetition are not its job. */
export class OwnClient {
  readonly client: Redis;
  #lastFault: Error | undefined;
  #changedAt = performance.now();

  constructor(url: string) {
    const { Redis } = loadIoredis();
    this.client = new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      connectTimeout,
      disconnectTimeout: 100,
      keepAlive: 30_000,
      connectionName: 'sessionkeeper',
      retryStrategy: jitteredRetry,
      // A server that loads its data is looked at again this soon, not after the ten seconds that the client would wait.
      maxLoadingRetryTime: longestRetry,
    });
    // Without a listener ioredis writes to the console, and other emitters end the process (A80).
    this.client.on('error', (fault: Error) => (this.#lastFault = fault));
    this.client.on('connect', () => this.#noteChange());
    this.client.on('ready', () => this.#noteChange());
    this.client.on('ready', () => (this.#lastFault = undefined));
  }

  /** Why there is no connection, while there is none. */
  get fault(): Error | undefined {
    return this.client.status === 'ready' ? undefined : this.#lastFault;
  }

  /**
   * To be called when nothing came back for a while. A half-open connection looks fine and answers nothing, for many minutes:
   * one that has been silent for long enough is broken, so that another is opened.
   */
  breakSilence(): void {
    const isOpen = this.client.status === 'ready' || this.client.status === 'connect';
    if (!isOpen || performance.now() - this.#changedAt < shortestSilence) return;
    this.#noteChange();
    this.client.disconnect(true);
  }

  /** Lets commands in flight finish where Redis answers; resolves also where it does not. */
  async close(): Promise<void> {
    if (this.client.status === 'ready') {
      const patience = setTimeout(() => this.client.disconnect(), longestQuit);
      await this.client.quit().catch(() => undefined);
      clearTimeout(patience);
    }
    this.client.disconnect();
  }

  #noteChange(): void {
    this.#changedAt = performance.now();
  }
}

/** Soon at first, then at most once a second; not all processes at the same instant. */
export function jitteredRetry(times: number): number {
  return jittered(Math.min(longestRetry, shortestRetry * 2 ** Math.min(times, 10)));
}
