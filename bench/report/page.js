import { median, quantile } from '../measure/statistics.js';
import { describeMethod } from './method.js';
import { table } from './table.js';

const operationNames = { signIn: 'sign-in', refresh: 'refresh', revoke: 'revoke' };

/**
 * @param {import('./bars.js').Figures & {
 *   bars: import('./bars.js').Bar[],
 *   machine: import('./machine.js').Machine,
 *   plan: typeof import('../plan.js').full,
 *   seconds: number,
 * }} results
 */
export function writePage(results) {
  const { checks, writes, delay, nearDelay, parallel, memory, bars, machine, plan, seconds } = results;
  return `# Results

Written by \`npm run bench\`; it took ${seconds} s. Run it on your own machine: the figures below are those of one machine on one day.

${describe(machine)}

![CPU time of checking a session, over a server that checks nothing](results.svg)

## What the project has set itself

${table(
  ['what', 'bar', 'measured', ''],
  bars.map(({ what, bar, value, verdict }) => [what, bar, value, verdict]),
)}

Two more take runs of their own: how long one call may block the event loop (\`npm run bench:blocking\`), and the growth of the heap
(\`npm run bench:soak\`).

## Checking the session of a request

CPU time of the server process for one request, in microseconds. *Over the floor* is what the check adds to the same server without
one: the median of ${plan.checks.rounds} rounds, and between which figures the middle half of the rounds lies. Throughput is that of one
process that is kept busy.

${table(
  ['', 'over the floor', 'middle half', 'in all', 'requests/s', 'p50 ms', 'p99 ms'],
  checks.map(({ name, cpu, overFloor, perSecond, p50, p99 }) => [
    name,
    `**${median(overFloor).toFixed(1)}**`,
    `${quantile(overFloor, 0.25).toFixed(1)} – ${quantile(overFloor, 0.75).toFixed(1)}`,
    median(cpu).toFixed(1),
    whole(median(perSecond)),
    p50.toFixed(1),
    p99.toFixed(1),
  ]),
  { figures: true },
)}

What Redis does for one request:

${table(
  ['', 'commands', 'CPU µs of Redis'],
  checks
    .filter(({ commands }) => commands.length > 0)
    .map(({ name, commands, redisCpu }) => [name, commandsOf(commands), redisCpu.toFixed(1)]),
)}

## Signing in, refreshing, revoking

Through \`SessionManager\`, without HTTP, ${plan.writes.atOnce} at a time; medians of ${plan.writes.rounds} rounds of
${whole(plan.writes.amount)} each. Redis takes ${writes.redisCpu.toFixed(0)} µs of CPU for one of them.

${table(
  ['', 'CPU µs', 'a second', 'p50 ms', 'p99 ms'],
  writes.operations.map(({ name, cpu, perSecond, p50, p99 }) => [
    operationNames[name],
    median(cpu).toFixed(0),
    whole(perSecond),
    p50.toFixed(1),
    p99.toFixed(1),
  ]),
  { figures: true },
)}

## Revoked on one node, refused on the other

Milliseconds from the moment that \`revoke\` resolves in one process until another process, which is asked without a pause, refuses the
session; 0 where no request that was sent after that moment is accepted. ${delay.revocations} revocations each.

${table(
  ['', 'p50', 'p99', 'longest', 'requests accepted too late'],
  [delayRow('Redis', delay), delayRow('near cache', nearDelay)],
  { figures: true },
)}

## ${parallel.tabs} tabs with one refresh token

${parallel.tokens} tokens, each presented ${parallel.tabs} times at once to two processes: at most ${parallel.rotations} rotation and
${parallel.successors} successor a token; ${parallel.others.length} answers were anything else.

## Bytes in Redis

\`used_memory\` a user with one session, of ${whole(plan.memory.users)} users: record, index, history, key names and hash tables.

${table(
  ['', 'bytes'],
  memory.map(({ what, bytes }) => [/signed|renewed/.test(what) ? what : `of it the ${what}`, whole(bytes)]),
  { figures: true },
)}

${describeMethod(plan)}
`;
}

/** @param {import('./machine.js').Machine} machine */
function describe({ day, processor, cores, memory, system, load, versions }) {
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${day}, ${processor}, ${cores} cores, ${memory}, ${system}, load ${load} before it began. ${packages.join(', ')}.`;
}

/** @param {{ name: string, perRequest: number }[]} commands beside the checks, clocks are compared and connections kept up */
function commandsOf(commands) {
  const regular = commands.filter(({ perRequest }) => perRequest >= 0.005);
  return regular.map(({ name, perRequest }) => `${perRequest.toFixed(2)} ${name.toUpperCase()}`).join(', ') || '0';
}

/** @param {string} name @param {import('./bars.js').DelayFigures} figures */
function delayRow(name, { p50, p99, max, acceptedLate }) {
  return [name, p50.toFixed(2), p99.toFixed(2), max.toFixed(2), String(acceptedLate)];
}

/** @param {number} value */
function whole(value) {
  return Math.round(value).toLocaleString('en');
}
