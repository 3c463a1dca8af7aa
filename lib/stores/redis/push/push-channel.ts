import { isPassing, isReply, messageOf } from '../faults';
import { isReplica } from '../role';
import { undoUnaskedEnds } from '../unasked-end';
import type { PushClient } from './push-client';

/** What hears one server's invalidations. */
export interface PushListener {
  armed(): void;
  /** A key of the prefix was written, deleted, expired or moved away. */
  changed(key: Buffer): void;
  /** All of them may have been. */
  flushed(): void;
  lost(): void;
  /** The server does not let us hear; there is no use in trying again. */
  refused(cause: string): void;
}

const invalidations = '__redis__:invalidate';
const heartbeat = 1_000;
// One tick may pass unanswered where this process itself was busy; a connection is called dead after the third.
const mostSilentTicks = 3;

/**
 * One connection on which one server tells which keys change (CLIENT TRACKING, redirected to itself, which works on every client and
 * protocol version). Nothing is believed before tracking and subscription are both in force, nor after the connection has closed or
 * stopped answering.
 */
export class PushChannel {
  readonly #client: PushClient;
  readonly #prefix: string;
  readonly #listener: PushListener;
  readonly #pulse: NodeJS.Timeout;
  readonly #stopGuarding: () => void;
  #isArmed = false;
  #silentTicks = 0;
  /** Counts connections: what an earlier one still answers is not heard. */
  #connection = 0;

  constructor(client: PushClient, prefix: string, listener: PushListener) {
    this.#client = client;
    this.#prefix = prefix;
    this.#listener = listener;
    this.#stopGuarding = undoUnaskedEnds(client);
    client.on('ready', () => void this.#arm());
    client.on('close', () => this.#disarm());
    client.on('end', () => this.#disarm());
    // Told by its `close`; without a listener it would end the process.
    client.on('error', () => undefined);
    client.on('messageBuffer', (_channel, keys) => this.#hear(keys));
    this.#pulse = setInterval(() => this.#beat(), heartbeat);
    this.#pulse.unref();
  }

  get isArmed(): boolean {
    return this.#isArmed;
  }

  /** Leaves the server for the one that a new connection leads to. */
  renew(): void {
    this.#disarm();
    this.#client.disconnect(true);
  }

  close(): void {
    this.#stopGuarding();
    clearInterval(this.#pulse);
    this.#disarm();
    this.#client.disconnect();
  }

  async #arm(): Promise<void> {
    const connection = ++this.#connection;
    this.#silentTicks = 0;
    const client = this.#client;
    try {
      // A replica tells of what has reached it, and not of what its primary has done since.
      if (await isReplica(client)) return;
      const id = await client.client('ID');
      await client.client('TRACKING', 'ON', 'REDIRECT', id, 'BCAST', 'PREFIX', this.#prefix);
      await client.subscribe(invalidations);
    } catch (fault) {
      if (connection !== this.#connection) return;
      if (isReply(fault) && !isPassing(fault)) this.#listener.refused(messageOf(fault));
      else client.disconnect(true);
      return;
    }
    if (connection !== this.#connection) return;
    this.#isArmed = true;
    this.#listener.armed();
  }

  #disarm(): void {
    this.#connection++;
    if (!this.#isArmed) return;
    this.#isArmed = false;
    this.#listener.lost();
  }

  #hear(keys: unknown): void {
    if (!this.#isArmed) return;
    if (keys === null) this.#listener.flushed();
    // Anyone who may publish can send something else.
    if (Array.isArray(keys)) for (const key of keys as Buffer[]) this.#listener.changed(key);
  }

  /** One that is not armed in this time is given up as well: half-open, or to a replica. */
  #beat(): void {
    if (this.#client.status !== 'ready') return;
    if (++this.#silentTicks > mostSilentTicks) return this.renew();
    if (!this.#isArmed) return;
    const connection = this.#connection;
    this.#client.ping().then(
      () => {
        if (connection === this.#connection) this.#silentTicks = 0;
      },
      () => undefined,
    );
  }
}
