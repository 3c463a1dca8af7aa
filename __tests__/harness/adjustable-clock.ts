import { execFileSync } from 'node:child_process';
import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireProgram } from './debian-package';
import { runFolder } from './run-folder';

/** The wall clock of a server that a test starts with `env`, and may set while it runs. */
export class AdjustableClock {
  readonly env: Readonly<Record<string, string>>;
  readonly #file: string;

  constructor() {
    const folder = mkdtempSync(join(runFolder(), 'clock-'));
    const library = join(folder, 'adjustable-clock.so');
    const source = join(__dirname, 'adjustable-clock.c');
    execFileSync(requireProgram(['cc', 'gcc', 'clang'], 'gcc'), ['-shared', '-fPIC', '-o', library, source]);
    this.#file = join(folder, 'offset');
    this.env = { LD_PRELOAD: library, CLOCK_OFFSET_FILE: this.#file };
    this.set(0);
  }

  /** From now on the clock is so many seconds ahead of this machine's; less than 0: behind. */
  set(seconds: number): void {
    // In one step: a reader must not find it empty.
    writeFileSync(`${this.#file}.next`, String(seconds));
    renameSync(`${this.#file}.next`, this.#file);
  }
}
