import type { Redis } from 'ioredis';
import type { RedisClient } from '../client';
import { addressOf, asCluster } from '../cluster-client';
import { keySlot } from './key-slot';
import type { Scripts } from '../script-texts';
import { MasterLink } from './master-link';
import type { DurabilitySettings } from './settings';
import { NotSent } from './turn';

/** What links are made from: a client, or one node of a cluster. */
interface Server {
  readonly options: object;
  duplicate(override: object): Redis;
}

const longestFarewell = 1_000;

/** Finds the master of a key, where the client itself would look for it, and keeps a link to each. */
export class Masters {
  readonly #client: RedisClient;
  readonly #scripts: Scripts;
  readonly #settings: DurabilitySettings;
  readonly #deadline: number;
  readonly #onRefused: (cause: string) => void;
  readonly #links = new Map<string, MasterLink>();
  #isClosed = false;

  /** `onRefused` hears once where WAIT is not permitted. */
  constructor(
    client: RedisClient,
    scripts: Scripts,
    settings: DurabilitySettings,
    deadlineMilliseconds: number,
    onRefused: (cause: string) => void,
  ) {
    this.#onRefused = once(onRefused);
    this.#client = client;
    this.#scripts = scripts;
    this.#settings = settings;
    this.#deadline = deadlineMilliseconds;
    // Connected anew the client may speak with another server, and security writes must not go on to the old one.
    client.on('ready', this.#leaveAll);
    client.on('end', this.#leaveAll);
  }

  /** @throws NotSent while there is no master known */
  linkTo(key: string): MasterLink {
    if (this.#isClosed) throw new NotSent('the store is closed');
    const { address, server } = this.#find(key);
    const known = this.#links.get(address);
    if (known && !known.isOver) return known;
    const client = server.duplicate(this.#onceOptions());
    const link = new MasterLink(client, this.#scripts, this.#settings, this.#onRefused);
    this.#links.set(address, link);
    return link;
  }

  /** Where the client keeps a table of masters, it is read anew. */
  lookAgain(): Promise<void> {
    const cluster = asCluster(this.#client);
    return cluster ? new Promise((resolve) => cluster.refreshSlotsCache(() => resolve())) : Promise.resolve();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#client.off('ready', this.#leaveAll);
    this.#client.off('end', this.#leaveAll);
    await Promise.all([...this.#links.values()].map((link) => link.finish(longestFarewell)));
  }

  #find(key: string): { readonly address: string; readonly server: Server } {
    const cluster = asCluster(this.#client);
    if (!cluster) return { address: '', server: this.#client as RedisClient & Server };
    const address = cluster.slots[keySlot(key)]?.[0];
    const server = cluster.nodes('master').find((node) => addressOf(node) === address);
    if (!server || address === undefined) throw new NotSent("Cluster isn't ready");
    return { address, server };
  }

  readonly #leaveAll = (): void => {
    for (const link of this.#links.values()) void link.finish(longestFarewell);
    this.#links.clear();
  };

  #onceOptions() {
    return {
      lazyConnect: true,
      retryStrategy: () => null,
      sentinelRetryStrategy: () => null,
      reconnectOnError: null,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
      enableAutoPipelining: false,
      failoverDetector: false,
      readOnly: false,
      connectionName: 'sessionkeeper-durability',
      connectTimeout: this.#deadline,
      // A last resort: whoever waits gives up sooner, and ends the connection.
      commandTimeout: this.#deadline + this.#settings.timeoutMilliseconds,
    };
  }
}

function once(tell: (cause: string) => void): (cause: string) => void {
  let isTold = false;
  return (cause) => {
    if (isTold) return;
    isTold = true;
    tell(cause);
  };
}
