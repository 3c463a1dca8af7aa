import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { endWithRun } from '../../harness/run-folder';
import { waitUntil } from '../../harness/wait-until';
import type { AppSettings } from './app-settings';

// A process starts in half a second, but not on a machine that is busy with others.
const patience = 30_000;

/** Where a process listens that runs now. */
export interface AppAddress {
  readonly port: number;
  readonly agent: Agent;
}

/** One of the app processes: the built library behind real HTTP. It ends with the run at the latest. */
export class AppProcess {
  readonly index: number;
  readonly settings: AppSettings;
  #child: ChildProcess | undefined;
  #address: AppAddress | undefined;
  #output = '';
  #crashes = 0;

  constructor(index: number, settings: AppSettings) {
    this.index = index;
    this.settings = settings;
  }

  /** undefined while it does not run. */
  get address(): AppAddress | undefined {
    return this.#address;
  }

  /** How often it ended although nobody killed it. */
  get crashes(): number {
    return this.#crashes;
  }

  /** What it has written on its error stream, warnings included. */
  get output(): string {
    return this.#output;
  }

  async start(): Promise<void> {
    const child = fork(join(__dirname, 'server.js'), [JSON.stringify(this.settings)], {
      execArgv: [],
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child = child;
    child.unref();
    child.stderr?.on('data', (chunk) => (this.#output += String(chunk)));
    if (child.pid !== undefined) child.once('exit', endWithRun(child.pid));
    child.once('exit', () => {
      if (this.#child === child) this.#crashes += 1;
      this.#leave(child);
    });
    child.once('message', (message) => {
      const { port } = message as { port: number };
      this.#address = { port, agent: new Agent({ keepAlive: true }) };
    });
    await waitUntil(`app ${this.index} listens`, () => this.#listens(), patience);
  }

  /** SIGKILL: requests that are under way get no answer. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#leave(child);
    const ended = once(child, 'exit');
    child.ref();
    child.kill('SIGKILL');
    await ended;
  }

  /** Stands still, connections stay. */
  pause(): void {
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }

  #listens(): boolean {
    if (!this.#child) throw new Error(`app ${this.index} ended\n${this.#output}`);
    return this.#address !== undefined;
  }

  #leave(child: ChildProcess): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#address?.agent.destroy();
    this.#address = undefined;
  }
}
