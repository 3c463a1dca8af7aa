import { table } from '../report/table.js';

/**
 * @param {Record<string, import('./observe.js').Observed>} figures
 * @param {{ setting: string, command: string, users: number, crowd: number, ended: number }} run
 */
export function writeFleetPage(figures, { setting, command, users, crowd, ended }) {
  return `# Everybody's sessions on one Redis

Written by \`${command}\`. ${setting}.

${format(users)} users with one session each and one with ${format(crowd)}. Meanwhile another connection, in a thread of its own, sends one PING after the other, a millisecond apart: how long it waits is what everybody else's checks wait, and what the machine's other work takes. **At rest** is the same with nothing going on.

${table(
  ['', 'seconds', 'Redis busy', 'PING p99, ms', 'longest PING, ms', 'slowest command', 'its ms'],
  Object.entries(figures).map(([name, one]) => [
    name,
    one.seconds.toFixed(1),
    `${Math.round(100 * one.busy)} %`,
    one.p99.toFixed(2),
    one.longest.toFixed(1),
    one.slowest,
    one.slowestMilliseconds.toFixed(1),
  ]),
  { figures: true },
)}

Of ${format(users + crowd)} sessions ${format(ended)} were ended by the count of the ending itself. The slowest command is by SLOWLOG, which knows nothing of the machine's other work; commands under a millisecond are not in it.
`;
}

/** @param {number} number */
function format(number) {
  return number.toLocaleString('en');
}
