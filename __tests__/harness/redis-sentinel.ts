import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port';
import { type RedisServer, startRedis } from './redis-server';
import { runFolder } from './run-folder';
import { waitUntil as waitFor } from './wait-until';

export interface StartSentinelOptions {
  readonly replicas?: number;
  /** Milliseconds of silence after which a sentinel takes a server for dead. */
  readonly downAfter?: number;
  /** More command line arguments for every server, for example `['--min-replicas-to-write', '1']`. */
  readonly args?: readonly string[];
}

export interface Switchover {
  /** Who was the primary. */
  readonly from: RedisServer;
  readonly to: RedisServer;
}

interface Address {
  readonly host: string;
  readonly port: number;
}

const name = 'main';
const host = '127.0.0.1';
const sentinelCount = 3;
// A vote may be split, and is tried again after a while; the machine may be busy.
const patience = 45_000;
// What the sentinels tell to follow another loses its connections in the same moment, those that ask it how it is as well.
const waitUntil = (what: string, condition: () => Promise<boolean>): Promise<void> =>
  waitFor(what, () => condition().catch(() => false), patience);
// What sentinels and replicas need of a server; clients of the store need none of it.
const innerCommands = ['ping', 'psync', 'sync', 'replconf'];

/** Three real sentinels that watch a primary and its replicas, on loopback. All end with the run at the latest. */
export class SentinelSetup {
  /** What clients call the primary. */
  readonly name = name;
  readonly sentinels: readonly Address[];
  /** All that were started, also those that do not run now. */
  readonly servers: readonly RedisServer[];
  readonly #watchers: readonly RedisServer[];

  constructor(servers: readonly RedisServer[], watchers: readonly RedisServer[]) {
    this.servers = servers;
    this.#watchers = watchers;
    this.sentinels = watchers.map(({ port }) => ({ host, port }));
  }

  /** The server that the first sentinel names now. */
  primary(): Promise<RedisServer> {
    return this.#primaryBy(this.#watchers[0]!);
  }

  /** Those that hold the sessions of `primary` too, by the roles that they have now. */
  async replicas(): Promise<RedisServer[]> {
    const primary = await this.primary();
    return this.servers.filter((server) => server.isAwake && server !== primary);
  }

  /** SENTINEL FAILOVER, as an operator would. Resolves when the sentinels agree on the new primary. */
  async failover(): Promise<Switchover> {
    const from = await this.primary();
    await waitUntil('a sentinel starts a failover', () => this.#starts());
    return { from, to: await this.#switchedFrom(from) };
  }

  /** SIGKILL, as a crash. Resolves when the sentinels agree on the new primary; `rejoin` brings the old one back. */
  async killPrimary(): Promise<Switchover> {
    const from = await this.primary();
    await from.kill();
    return { from, to: await this.#switchedFrom(from) };
  }

  /** SIGSTOP: connections stay and nothing answers. Resolves when another is primary; `resume` lets it go on. */
  async pausePrimary(): Promise<Switchover> {
    const from = await this.primary();
    from.pause();
    return { from, to: await this.#switchedFrom(from) };
  }

  /** A server that was stopped goes on where it was: as a primary, until the sentinels see to it. */
  resume(server: RedisServer): void {
    server.resume();
  }

  /** Starts a server that was killed, empty, as a replica. Resolves when it has what the primary has. */
  async rejoin(server: RedisServer): Promise<void> {
    await server.start();
    const { port } = await this.primary();
    await server.cli('REPLICAOF', host, String(port));
    await this.demoted(server);
  }

  /**
   * Cuts the primary off from sentinels and replicas, while clients still reach it. Resolves when another is primary;
   * the old one takes itself for the primary until some seconds after `heal`.
   */
  async partitionPrimary(): Promise<Switchover> {
    const from = await this.primary();
    await from.cli('ACL', 'SETUSER', 'default', ...innerCommands.map((command) => `-${command}`));
    await from.cli('CLIENT', 'KILL', 'TYPE', 'replica');
    return { from, to: await this.#switchedFrom(from) };
  }

  async heal(server: RedisServer): Promise<void> {
    await server.cli('ACL', 'SETUSER', 'default', '+@all');
  }

  /** Until a former primary has been made a replica of the present one, and has what that has. */
  async demoted(server: RedisServer): Promise<void> {
    await waitUntil(`${server.port} follows the primary`, () => this.#follows(server));
  }

  /** Until all that run are online, and the sentinels know it: only then is there a choice for a failover. */
  async settled(): Promise<void> {
    const expected = this.servers.filter(({ isAwake }) => isAwake).length - 1;
    await waitUntil('the replicas are online', () => this.#online(expected));
    await waitUntil('the sentinels know them all', () => this.#known());
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#watchers, ...this.servers].map((server) => server.stop()));
  }

  async #starts(): Promise<boolean> {
    // Refused while a failover is under way still, or no replica is known to be good yet.
    return (await this.#watchers[0]!.cli('SENTINEL', 'FAILOVER', name)) === 'OK';
  }

  async #switchedFrom(former: RedisServer): Promise<RedisServer> {
    await waitUntil('the sentinels name another primary', () => this.#agreeOnOther(former));
    const next = await this.primary();
    await waitUntil('it is one', async () => (await replicationOf(next)).includes('role:master'));
    return next;
  }

  async #agreeOnOther(former: RedisServer): Promise<boolean> {
    const [first, ...others] = await Promise.all(this.#watchers.map((watcher) => this.#primaryBy(watcher)));
    return first !== former && others.every((other) => other === first);
  }

  async #primaryBy(watcher: RedisServer): Promise<RedisServer> {
    const [, port] = (await watcher.cli('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', name)) as string[];
    const server = this.servers.find((candidate) => candidate.port === Number(port));
    if (!server) throw new Error(`the server on port ${port} is none of ours`);
    return server;
  }

  async #follows(server: RedisServer): Promise<boolean> {
    const { port } = await this.primary();
    const info = await replicationOf(server);
    return [/^role:slave/m, new RegExp(`^master_port:${port}\\r`, 'm'), /^master_link_status:up/m].every((line) =>
      line.test(info),
    );
  }

  async #online(expected: number): Promise<boolean> {
    const info = await replicationOf(await this.primary());
    return (info.match(/^slave\d+:.*state=online/gm)?.length ?? 0) === expected;
  }

  async #known(): Promise<boolean> {
    const states = this.#watchers.map((watcher) => watcher.cli('SENTINEL', 'MASTER', name).then(membersOf));
    return (await Promise.all(states)).every(
      (state) =>
        state.get('flags') === 'master' &&
        state.get('num-slaves') === String(this.servers.length - 1) &&
        state.get('num-other-sentinels') === String(sentinelCount - 1),
    );
  }
}

/** One primary with two replicas, unless told otherwise. Resolves when the sentinels know each other and all servers. */
export async function startSentinel({
  replicas = 2,
  downAfter = 1_000,
  args = [],
}: StartSentinelOptions = {}): Promise<SentinelSetup> {
  const servers: RedisServer[] = [];
  const watchers: RedisServer[] = [];
  const setup = (): SentinelSetup => new SentinelSetup(servers, watchers);
  const quick = ['--repl-diskless-sync-delay', '0', ...args];
  try {
    const primary = await startRedis({ args: quick });
    servers.push(primary);
    for (let count = replicas; count > 0; count -= 1) {
      servers.push(await startRedis({ args: ['--replicaof', host, String(primary.port), ...quick] }));
    }
    // The replicas first: a sentinel that does not see them at once looks again only after ten seconds.
    await waitUntil('the replicas are online', () => isFollowed(primary, replicas));
    for (let count = sentinelCount; count > 0; count -= 1) watchers.push(await startWatcher(primary, downAfter));
    await setup().settled();
  } catch (error) {
    await setup().stop();
    throw error;
  }
  return setup();
}

async function startWatcher(primary: RedisServer, downAfter: number): Promise<RedisServer> {
  const port = await freePort();
  const configFile = join(mkdtempSync(join(runFolder(), 'sentinel-')), 'sentinel.conf');
  const lines = [
    `sentinel monitor ${name} ${host} ${primary.port} ${Math.ceil((sentinelCount + 1) / 2)}`,
    `sentinel down-after-milliseconds ${name} ${downAfter}`,
    // What follows a vote that nobody won is as long as twice that.
    `sentinel failover-timeout ${name} 5000`,
    `sentinel parallel-syncs ${name} 2`,
  ];
  writeFileSync(configFile, `${lines.join('\n')}\n`);
  return startRedis({ port, configFile, args: ['--sentinel'] });
}

async function isFollowed(primary: RedisServer, by: number): Promise<boolean> {
  return ((await replicationOf(primary)).match(/^slave\d+:.*state=online/gm)?.length ?? 0) === by;
}

async function replicationOf(server: RedisServer): Promise<string> {
  return String(await server.cli('INFO', 'replication'));
}

/** Names and values that Sentinel gives in turn. */
function membersOf(reply: unknown): Map<string, string> {
  const parts = reply as string[];
  return new Map(parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1]!]] : [])));
}
