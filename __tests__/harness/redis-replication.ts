import { type RedisServer, startRedis } from './redis-server';
import { startProxy, type TcpProxy } from './tcp-proxy';
import { waitUntil } from './wait-until';

const patience = 20_000;

/** A primary and its replicas on loopback, whose links run through a proxy that can cut them. They end with the run at the latest. */
export class Replication {
  readonly primary: RedisServer;
  readonly replicas: readonly RedisServer[];
  /** Between the replicas and the primary. */
  readonly link: TcpProxy;

  constructor(primary: RedisServer, replicas: readonly RedisServer[], link: TcpProxy) {
    this.primary = primary;
    this.replicas = replicas;
    this.link = link;
  }

  /** The primary has all of its replicas, and each has what it wrote so far. */
  async settled(): Promise<void> {
    await this.#online(this.replicas.length);
    await waitUntil(
      'the replicas have everything',
      async () => {
        const offsets = await Promise.all([this.primary, ...this.replicas].map(offsetOf));
        return offsets.every((offset) => offset === offsets[0]);
      },
      patience,
    );
  }

  /** Resolves when the primary has noticed. */
  async cutLinks(): Promise<void> {
    this.link.refuse();
    await this.#online(0);
  }

  async mendLinks(): Promise<void> {
    this.link.restore();
    await this.settled();
  }

  /** The primary dies, and this one takes its place. */
  async promote(replica: RedisServer): Promise<void> {
    await this.primary.kill();
    await replica.cli('REPLICAOF', 'NO', 'ONE');
    for (const other of this.replicas) {
      if (other !== replica) await other.cli('REPLICAOF', '127.0.0.1', String(replica.port));
    }
    await waitUntil(
      'the others follow the new primary',
      async () => (await onlineReplicasOf(replica)) === this.replicas.length - 1,
      patience,
    );
  }

  async stop(): Promise<void> {
    await Promise.all([this.primary, ...this.replicas].map((server) => server.stop()));
    await this.link.close();
  }

  #online(count: number): Promise<void> {
    const what = `the primary has ${count} replicas online`;
    return waitUntil(what, async () => (await onlineReplicasOf(this.primary)) === count, patience);
  }
}

export interface StartReplicatedOptions {
  readonly replicas: number;
  /** More command line arguments for the primary. */
  readonly args?: readonly string[];
}

export async function startReplicated({
  replicas: count,
  args = [],
}: StartReplicatedOptions): Promise<Replication> {
  // Otherwise a replica waits five seconds for others that want the same snapshot.
  const primary = await startRedis({ args: ['--repl-diskless-sync-delay', '0', ...args] });
  const link = await startProxy(primary.url);
  const follow = ['--replicaof', '127.0.0.1', String(link.port), '--repl-diskless-sync-delay', '0'];
  const replicas = await Promise.all(Array.from({ length: count }, () => startRedis({ args: follow })));
  const replication = new Replication(primary, replicas, link);
  await replication.settled();
  return replication;
}

/** How far it is: what a primary has written, or what a replica has taken in. */
async function offsetOf(server: RedisServer): Promise<string | undefined> {
  const info = String(await server.cli('INFO', 'replication'));
  return /^slave_repl_offset:(\d+)/m.exec(info)?.[1] ?? /^master_repl_offset:(\d+)/m.exec(info)?.[1];
}

async function onlineReplicasOf(server: RedisServer): Promise<number> {
  const info = String(await server.cli('INFO', 'replication'));
  return [...info.matchAll(/^slave\d+:.*state=online/gm)].length;
}
