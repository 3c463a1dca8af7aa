import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { requireProgram } from './debian-package';
import { freePort } from './free-port';
import { redisCall, type RedisReply } from './redis-call';
import { endWithRun, runFolder } from './run-folder';
import { waitUntil } from './wait-until';

export interface StartRedisOptions {
  /** More command line arguments, for example `['--maxmemory', '8mb']`. */
  args?: readonly string[];
  /** A file of settings, which the server writes to as well: a sentinel runs on none other. */
  configFile?: string;
  /** One node that owns all slots. */
  clusterEnabled?: boolean;
  port?: number;
  /** More environment variables. */
  env?: Readonly<Record<string, string>>;
}

/** A node that belongs to no cluster yet. */
export const clusterArguments: readonly string[] = [
  '--cluster-enabled',
  'yes',
  '--cluster-announce-ip',
  '127.0.0.1',
];

/** A private server on loopback, without persistence. It ends with the run at the latest. */
export class RedisServer {
  readonly url: string;
  readonly port: number;
  #folder = mkdtempSync(join(runFolder(), 'redis-'));
  #options: StartRedisOptions;
  #process: ChildProcess | undefined;
  #isPaused = false;

  constructor(port: number, options: StartRedisOptions) {
    this.port = port;
    this.url = `redis://127.0.0.1:${port}`;
    this.#options = options;
  }

  get pid(): number {
    const pid = this.#process?.pid;
    if (pid === undefined) throw new Error(`the redis server on port ${this.port} is not running`);
    return pid;
  }

  /** Started, and not paused. */
  get isAwake(): boolean {
    return this.#process !== undefined && !this.#isPaused;
  }

  async start(): Promise<void> {
    const env = { ...process.env, ...this.#options.env };
    const child = spawn(redisBinary(), this.#arguments(), { stdio: 'ignore', env });
    child.unref();
    let failure: string | undefined;
    child.once('error', (error) => (failure = error.message));
    child.once('exit', (code) => {
      failure = `it ended with ${code}`;
      if (this.#process === child) this.#process = undefined;
    });
    this.#process = child;
    this.#isPaused = false;
    if (child.pid !== undefined) child.once('exit', endWithRun(child.pid));
    await waitUntil('the redis server answers', async () => {
      if (failure !== undefined) throw new Error(`redis server: ${failure}\n${this.#log()}`);
      return this.#answers();
    });
    if (this.#options.clusterEnabled === true) await this.#ownAllSlots();
  }

  /** One command over a connection of its own. */
  cli(...command: string[]): Promise<RedisReply> {
    return redisCall(this.url, command);
  }

  /** Stops answering, keeps the port and the connections. */
  pause(): void {
    process.kill(this.pid, 'SIGSTOP');
    this.#isPaused = true;
  }

  resume(): void {
    process.kill(this.pid, 'SIGCONT');
    this.#isPaused = false;
  }

  /** SIGKILL, as a crash: connections break and nothing is saved. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child === undefined) return;
    const ended = once(child, 'exit');
    child.ref();
    child.kill('SIGKILL');
    await ended;
  }

  /** A crash and a new, empty server on the same port. */
  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #arguments(): string[] {
    return [
      ...(this.#options.configFile === undefined ? [] : [this.#options.configFile]),
      ...['--port', String(this.port), '--bind', '127.0.0.1'],
      ...['--save', '', '--appendonly', 'no', '--daemonize', 'no'],
      ...['--dir', this.#folder, '--logfile', 'redis.log'],
      ...(this.#options.clusterEnabled === true ? clusterArguments : []),
      ...(this.#options.args ?? []),
    ];
  }

  async #answers(): Promise<boolean> {
    try {
      return (await this.cli('PING')) === 'PONG';
    } catch (error) {
      return String(error).includes('NOAUTH');
    }
  }

  async #ownAllSlots(): Promise<void> {
    if (!(await this.#clusterInfo()).includes('cluster_slots_assigned:16384')) {
      await this.cli('CLUSTER', 'ADDSLOTS', ...Array.from({ length: 16_384 }, (_, slot) => String(slot)));
    }
    await waitUntil('cluster_state is ok', async () => (await this.#clusterInfo()).includes('cluster_state:ok'));
  }

  async #clusterInfo(): Promise<string> {
    return String(await this.cli('CLUSTER', 'INFO'));
  }

  #log(): string {
    try {
      return readFileSync(join(this.#folder, 'redis.log'), 'utf8').split('\n').slice(-6).join('\n');
    } catch {
      return '';
    }
  }
}

export async function startRedis(options: StartRedisOptions = {}): Promise<RedisServer> {
  const server = new RedisServer(options.port ?? (await freePort()), options);
  try {
    await server.start();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

function redisBinary(): string {
  return requireProgram(['redis-server', 'valkey-server'], 'redis-server');
}
