import type { RedisClient } from './client';
import { asCluster } from './cluster-client';
import { isReplica } from './role';

// For so long a server that was made a replica without its connections being closed may go unnoticed.
const askEvery = 1_000;
// A client that is led to a replica again and again must not do nothing but connect.
const leaveEvery = 250;

const readOnly = new Error('READONLY the server is a replica');

interface Server {
  readonly options: { readonly sentinels?: readonly unknown[] | null; readonly retryStrategy?: unknown };
  info(section: string): Promise<string>;
  disconnect(reconnect: boolean): void;
}

/**
 * Sees to it that answers come from a primary (B12): a replica, or what has become one, may still hold a session that was ended.
 * Asked on every new connection and about once a second while there is traffic, beside it. In a cluster there is nothing to ask:
 * a replica there redirects every command.
 */
export class PrimaryCheck {
  readonly #client: RedisClient;
  readonly #server: Server | undefined;
  #isConfirmed: boolean;
  #fault: Error | undefined;
  #asking: Promise<boolean> | undefined;
  #askedAt = -Infinity;
  #leftAt = -Infinity;

  constructor(client: RedisClient) {
    this.#client = client;
    this.#server = asCluster(client) ? undefined : (client as RedisClient & Server);
    this.#isConfirmed = this.#server === undefined;
    client.on('ready', this.#begin);
    if (client.status === 'ready') this.#begin();
  }

  /** Whether what comes over this connection comes from a primary. */
  get isConfirmed(): boolean {
    return this.#isConfirmed;
  }

  /** Why answers are not taken, where it is because they come from a replica. */
  get fault(): Error | undefined {
    return this.#fault;
  }

  /**
   * Gives an answer back once it is known to have come from a primary.
   *
   * @throws what a replica says to a write, where it came from one
   */
  async confirm<T>(answer: T): Promise<T> {
    if (this.#isConfirmed) return answer;
    const asking = this.#ask();
    if (!(await asking) || asking !== this.#asking) throw readOnly;
    return answer;
  }

  /** To be called with every answer. */
  noteAnswer(now: number): void {
    if (now - this.#askedAt > askEvery && this.#server) this.#askAnew().catch(() => undefined);
  }

  /** The server has refused a write as a replica does: another may be the primary. */
  noteReplica(): void {
    if (!this.#server) return;
    this.#fault = readOnly;
    this.#isConfirmed = false;
    this.#asking = undefined;
    this.#leave(this.#server);
  }

  /**
   * Nothing has come back for a while. A primary that stands still is replaced behind an open connection; who asks the sentinels
   * learns of it. Without them there is nobody to ask, and a connection of the app's is left alone.
   */
  noteSilence(): void {
    if (this.#server?.options.sentinels?.length) this.#leave(this.#server);
  }

  close(): void {
    this.#client.off('ready', this.#begin);
  }

  readonly #begin = (): void => {
    if (!this.#server) return;
    this.#isConfirmed = false;
    this.#askAnew().catch(() => undefined);
  };

  #ask(): Promise<boolean> {
    return this.#asking ?? this.#askAnew();
  }

  #askAnew(): Promise<boolean> {
    this.#askedAt = performance.now();
    const asking = isReplica(this.#server!).then(
      (replica) => {
        const isPrimary = !replica;
        // Of an earlier connection it says nothing any more.
        if (this.#asking !== asking) return isPrimary;
        this.#isConfirmed = isPrimary;
        if (isPrimary) this.#fault = undefined;
        else this.noteReplica();
        return isPrimary;
      },
      (fault: unknown) => {
        if (this.#asking === asking) this.#asking = undefined;
        throw fault;
      },
    );
    this.#asking = asking;
    return asking;
  }

  /** A client that does not connect by itself would never come back. */
  #leave(server: Server): void {
    const now = performance.now();
    const isOpen = this.#client.status === 'ready' || this.#client.status === 'connect';
    const comesBack = typeof server.options.retryStrategy === 'function';
    if (!isOpen || !comesBack || now - this.#leftAt < leaveEvery) return;
    this.#leftAt = now;
    this.#isConfirmed = false;
    this.#asking = undefined;
    server.disconnect(true);
  }
}
