import type { RedisClient } from '../client';
import { PushChannel, type PushListener } from './push-channel';
import { openPushClient, type PushClient } from './push-client';

/** A cluster client, as far as the masters are asked for. */
interface ClusterClient extends RedisClient {
  nodes(role: 'master'): readonly PushClient[];
}

// Masters change rarely, and clients tell of it; this is for what they do not tell.
const lookAround = 1_000;

/**
 * One channel to each server that may be written to: armed while all of them are. In a cluster the masters are looked up again whenever
 * the client has learnt of a change; until every new one is heard, none counts as heard.
 */
export class Push {
  readonly #client: RedisClient;
  readonly #prefix: string;
  readonly #listener: PushListener;
  readonly #channels = new Map<string, PushChannel>();
  #lookout: NodeJS.Timeout | undefined;
  #isArmed = false;
  #isOff = false;

  constructor(client: RedisClient, prefix: string, listener: PushListener) {
    this.#client = client;
    this.#prefix = prefix;
    this.#listener = listener;
  }

  open(): void {
    if (this.#isOff) return;
    const client = this.#client;
    if (!isCluster(client)) {
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
    const masters = new Map((this.#client as ClusterClient).nodes('master').map((node) => [addressOf(node), node]));
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

  #openChannel(client: RedisClient | PushClient): PushChannel {
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

function isCluster(client: RedisClient): client is ClusterClient {
  return 'nodes' in client && typeof client.nodes === 'function';
}

function addressOf({ options }: PushClient): string {
  const { host, port } = options as { readonly host?: string; readonly port?: number };
  return `${host}:${port}`;
}
