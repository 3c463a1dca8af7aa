import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The guard's pipe closes when its only writer, the process that opened the run, ends for any reason, SIGKILL
// included. The guard then kills what the run has started and removes the run's folder.
const GUARD = 'read -r closed || { for pid in "$1"/pids/*; do kill -9 "${pid##*/}"; done; rm -rf "$1"; }';

/** The folder of this run of the tests: all that they start lives in it, and ends with it. */
export function runFolder(): string {
  return process.env['TEST_RUN_FOLDER'] ?? openRun();
}

/** Notes a process that must not outlive the run. Call the answer when it has ended. */
export function endWithRun(pid: number): () => void {
  const note = join(runFolder(), 'pids', String(pid));
  writeFileSync(note, '');
  return () => rmSync(note, { force: true });
}

/** Ends what the run has left running. */
export function closeRun(): void {
  const folder = runFolder();
  for (const pid of readdirSync(join(folder, 'pids'))) killIfAlive(Number(pid));
  rmSync(folder, { recursive: true, force: true });
  delete process.env['TEST_RUN_FOLDER'];
}

function openRun(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sessionkeeper-test-'));
  mkdirSync(join(folder, 'pids'));
  process.env['TEST_RUN_FOLDER'] = folder;
  const guard = spawn('/bin/sh', ['-c', GUARD, 'guard', folder], {
    // A session of its own: Ctrl-C in the terminal must not end the guard before its work.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
  return folder;
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
