import type { RedisClient } from './client';

/** Lets operations wait for a lost connection to come back, each only as long as it has time. */
export class ReadyGate {
  readonly #client: RedisClient;
  // Not one shared promise: what gives up waiting must leave nothing behind, however long Redis stays away.
  readonly #waiting = new Set<() => void>();

  constructor(client: RedisClient) {
    this.#client = client;
    client.on('ready', this.#open);
  }

  /** Resolves at the next `ready`, or when the time is over. */
  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const leave = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(leave);
        resolve();
      };
      const timer = setTimeout(leave, milliseconds);
      this.#waiting.add(leave);
    });
  }

  close(): void {
    this.#client.off('ready', this.#open);
    this.#open();
  }

  readonly #open = (): void => {
    for (const leave of [...this.#waiting]) leave();
  };
}
