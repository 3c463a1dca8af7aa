/**
 * sessionkeeper beside its peers, on this machine: `npm run bench`, some minutes. Writes RESULTS.md and results.svg next to this file.
 * `npm run bench -- --brief` only makes sure that everything works: seconds, figures that mean nothing, written to a temporary folder.
 * `-- --rounds 5`: fewer rounds of checks than usual. Ends with an error where a server answers wrongly.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureChecks } from './measure/checks.js';
import { measureMemory } from './measure/memory.js';
import { measureParallelRefresh } from './measure/parallel-refresh.js';
import { measureRevocationDelay } from './measure/revocation-delay.js';
import { measureWrites } from './measure/writes.js';
import { brief, full } from './plan.js';
import { judgeBars } from './report/bars.js';
import { drawChart } from './report/chart.js';
import { describeMachine } from './report/machine.js';
import { writePage } from './report/page.js';

const { values } = parseArgs({
  options: { brief: { type: 'boolean', default: false }, rounds: { type: 'string' } },
});
const usual = values.brief ? brief : full;
const plan = values.rounds ? { ...usual, checks: { ...usual.checks, rounds: Number(values.rounds) } } : usual;
const startedAt = performance.now();
const machine = await describeMachine();
if (!values.brief && Number(machine.load) > 0.5)
  console.log(`load ${machine.load}: the figures are those of a busy machine`);

const figures = {
  checks: await step('checks of a session, all contenders in turns', () => measureChecks(plan.checks)),
  writes: await step('sign-in, refresh, revoke', () => measureWrites(plan.writes)),
  delay: await step('revoked here, refused there', () =>
    measureRevocationDelay({ ...plan.delay, nearCache: false }),
  ),
  nearDelay: await step('the same with the near cache', () =>
    measureRevocationDelay({ ...plan.delay, nearCache: true }),
  ),
  parallel: await step('parallel refreshes', () => measureParallelRefresh(plan.parallel)),
  memory: await step('bytes a session', () => measureMemory(plan.memory.users)),
};

const seconds = Math.round((performance.now() - startedAt) / 1_000);
const bars = judgeBars(figures);
const folder = values.brief ? mkdtempSync(join(tmpdir(), 'bench-')) : fileURLToPath(new URL('.', import.meta.url));
writeFileSync(join(folder, 'RESULTS.md'), writePage({ ...figures, bars, machine, plan, seconds }));
writeFileSync(join(folder, 'results.svg'), drawChart(figures.checks));

if (!values.brief) {
  for (const { what, bar, value, verdict } of bars) console.log(`${verdict.padEnd(9)} ${what}: ${value} (${bar})`);
}
console.log(`${seconds} s; ${join(folder, 'RESULTS.md')}`);

/** @template T @param {string} what @param {() => Promise<T>} measure */
async function step(what, measure) {
  console.log(what);
  return await measure();
}
