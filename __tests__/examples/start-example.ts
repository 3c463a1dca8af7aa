import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { endWithRun } from '../harness/run-folder';
import { waitUntil } from '../harness/wait-until';

const root = resolve(__dirname, '../..');

// A program starts in half a second, but not on a machine that is busy with others.
const START_MS = 30_000;

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A program of `examples/` in a process of its own, on the build. It ends with the run at the latest. */
export class Example {
  readonly #child: ChildProcess;
  readonly #ended: Promise<Ended>;
  #output = '';

  constructor(program: string, args: readonly string[], env: Record<string, string>) {
    if (!existsSync(join(root, 'dist/index.js'))) throw new Error('the examples run on the build: npm run build');
    this.#child = spawn(process.execPath, [join(root, 'examples', program), ...args], {
      cwd: root,
      env: { ...environment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { stdout, stderr, pid } = this.#child;
    for (const stream of [stdout, stderr]) stream?.on('data', (chunk) => (this.#output += String(chunk)));
    if (pid !== undefined) this.#child.once('exit', endWithRun(pid));
    this.#ended = once(this.#child, 'close').then((how) => {
      const [code, signal] = how as [number | null, NodeJS.Signals | null];
      return { code, signal };
    });
  }

  /** All it has printed so far, errors included. */
  get output(): string {
    return this.#output;
  }

  /** How the program ended, once it has. */
  ended(): Promise<Ended> {
    return this.#ended;
  }

  /** Waits until it prints this, and gives the match. */
  async prints(pattern: RegExp): Promise<RegExpExecArray> {
    const isPrinted = (): boolean => {
      if (pattern.test(this.#output)) return true;
      if (this.#child.exitCode !== null) throw new Error(`the example ended\n${this.#output}`);
      return false;
    };
    await waitUntil(`the example prints ${String(pattern)}`, isPrinted, START_MS);
    return pattern.exec(this.#output)!;
  }

  /** Asks it to stop, as a terminal or an orchestrator does. */
  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    if (this.#child.exitCode === null) this.#child.kill(signal);
    return this.#ended;
  }
}

const running: Example[] = [];

/** Stops what this file has started: for `afterAll`. */
export async function stopExamples(): Promise<void> {
  await Promise.all(running.splice(0).map((example) => example.stop('SIGKILL')));
}

export function runExample(program: string, args: readonly string[], env: Record<string, string> = {}): Example {
  const example = new Example(program, args, env);
  running.push(example);
  return example;
}

/** Starts a server of `examples/` on a free port and gives its address once it listens. */
export async function startExample(
  program: string,
  env: Record<string, string> = {},
): Promise<{ example: Example; url: string }> {
  const example = runExample(program, [], { PORT: '0', ...env });
  const [, port] = await example.prints(/http:\/\/localhost:(\d+)/);
  return { example, url: `http://127.0.0.1:${port!}` };
}

function environment(): NodeJS.ProcessEnv {
  const { REDIS_URL: _redis, NODE_ENV: _environment, NODE_OPTIONS: _options, ...rest } = process.env;
  return rest;
}
