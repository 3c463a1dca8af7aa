import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkHistory } from './checker/check-history';
import type { Operation } from './history';
import { report } from './report';
import { runHistory } from './run';
import { runSettings } from './run-settings';
import type { TopologyName } from './topology/topology';

const folder = join(__dirname, '../../reports/history');

/** What a test may take besides the load itself: servers start, heal and recover in their own time. */
export const overheadMilliseconds = 180_000;

/** Runs the load against the nemesis and looks for lies in what was seen; notes the run under `reports/history/`. */
export async function expectTruth(topology: TopologyName): Promise<void> {
  const { seconds, seed } = runSettings();
  const { history, warnings } = await runHistory({ topology, seconds, seed });
  const findings = checkHistory(history);
  const text = `${topology}, ${seconds} s, seed ${seed}\n${report(history, findings)}\n${warnings.join('')}`;
  note(`${topology}-${seed}`, text, history.operations);
  if (process.env['HISTORY_REPORT'] !== undefined) process.stderr.write(text);
  // A run that got nothing done has shown nothing.
  for (const kind of ['active', 'created', 'renewed', 'ended'] as const)
    expect(countOf(history.operations, kind)).toBeGreaterThan(seconds / 2);
  if (findings.violations.length > 0) throw new Error(text);
}

function countOf(operations: readonly Operation[], status: Operation['outcome']['status']): number {
  return operations.filter(({ outcome }) => outcome.status === status).length;
}

function note(name: string, text: string, operations: readonly Operation[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.txt`), text);
  writeFileSync(
    join(folder, `${name}.jsonl`),
    operations.map((operation) => `${JSON.stringify(operation)}\n`).join(''),
  );
}
