import type { RedisClient } from '../client';
import { addressOf, asCluster, type ClusterClient, type ClusterNode } from '../cluster-client';
import { PushChannel, type PushListener } from './push-channel';
import { openPushClient } from './push-client';

// Masters change rarely, and clients tell of it; this is for what they do not tell.
const lookAround = 1_000;

/**
 * One channel to each server that may be written to: armed while all of them are. In a cluster the masters are looked up again whenever
 * the client has learnt of a change; until every new one is heard, none counts as heard.
 */
export class Push {
  readonly #client: RedisClient;
  readonly #cluster: ClusterClient | undefined;
  readonly #prefix: string;
  readonly #listener: PushListener;
  readonly #channels = new Map<string, PushChannel>();
  #lookout: NodeJS.Timeout | undefined;
  #isArmed = false;
  #isOff = false;

  constructor(client: RedisClient, prefix: string, listener: PushListener) {
    this.#client = client;
    this.#cluster = asCluster(client);
    this.#prefix = prefix;
    this.#listener = listener;
  }

  open(): void {
    if (this.#isOff) return;
    const client = this.#client;
    if (!this.#cluster) {
      this.#channels.set('', this.#openChannel(client));
      client.on('ready', this.#renew);
      return;
    }
    for (const event of clusterEvents) client.on(event, this.#follow);
    this.#lookout = setInterval(this.#follow, lookAround);
    this.#lookout.unref();
    this.#follow();
  }

  close(): void {
    clearInterval(this.#lookout);
    this.#client.off('ready', this.#renew);
    for (const event of clusterEvents) this.#client.off(event, this.#follow);
    for (const channel of this.#channels.values()) channel.close();
    this.#channels.clear();
  }

  /** Connected anew, the client may speak with another server: behind the same address, or by Sentinel. */
  readonly #renew = (): void => {
    for (const channel of this.#channels.values()) channel.renew();
  };

  /** Opens channels to the masters that are new, and closes those to nodes that are masters no longer. */
  readonly #follow = (): void => {
    const masters = new Map(this.#cluster!.nodes('master').map((node) => [addressOf(node), node]));
    for (const [address, channel] of this.#channels) {
      if (masters.has(address)) continue;
      // Unheard before it is gone: what its slots held may change elsewhere from now on, though all that are left are heard.
      channel.close();
      this.#channels.delete(address);
    }
    for (const [address, node] of masters) {
      if (!this.#channels.has(address)) this.#channels.set(address, this.#openChannel(node));
    }
    this.#settle();
  };

  #openChannel(client: RedisClient | ClusterNode): PushChannel {
    return new PushChannel(openPushClient(client), this.#prefix, {
      armed: () => this.#settle(),
      changed: (key) => this.#listener.changed(key),
      // Nothing is kept while another master is unheard, and a flush is no reason to begin.
      flushed: () => {
        if (this.#isArmed) this.#listener.flushed();
      },
      lost: () => this.#settle(),
      refused: (cause) => {
        if (this.#isOff) return;
        this.#isOff = true;
        this.close();
        this.#listener.refused(cause);
      },
    });
  }

  #settle(): void {
    const channels = [...this.#channels.values()];
    const isArmed = channels.length > 0 && channels.every((channel) => channel.isArmed);
    if (isArmed === this.#isArmed) return;
    this.#isArmed = isArmed;
    if (isArmed) this.#listener.armed();
    else this.#listener.lost();
  }
}

const clusterEvents = ['ready', '+node', '-node', 'refresh'] as const;
