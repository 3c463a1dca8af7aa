import type { Writable } from 'node:stream';
import type { RedisClient } from './client';

/**
 * Gathers what is sent in one turn of the event loop into one write to the socket. ioredis writes each command by itself, and that system
 * call is nearly half of what a check of a session costs. The turn's end comes before anything is waited for, so nobody waits longer. A
 * cluster client has no socket of its own: there ioredis' autopipelining does this.
 */
export class TurnWrites {
  readonly #client: RedisClient & { readonly stream?: Writable };
  #isGathering = false;

  constructor(client: RedisClient) {
    this.#client = client;
  }

  /** To be called before something is sent. */
  gather(): void {
    if (this.#isGathering) return;
    const { stream } = this.#client;
    if (stream?.writable !== true) return;
    this.#isGathering = true;
    stream.cork();
    setImmediate(() => {
      this.#isGathering = false;
      stream.uncork();
    });
  }
}
