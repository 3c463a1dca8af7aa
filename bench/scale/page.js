import { table } from '../report/table.js';
import { growthOf } from './judgement.js';

/** @typedef {import('./measure.js').Row} Row */

const operations = ['verify', 'list', 'create', 'refresh', 'revokeAll'];
// A list shows 50 at most: up to there it grows with what it shows.
const fullPage = 100;

/**
 * How each operation grows, judged by what Redis itself counts for it.
 *
 * @param {{ users: Row[], crowds: Row[] }} figures
 */
export function judge({ users, crowds }) {
  return operations.flatMap((operation) => {
    const isPerSession = operation === 'revokeAll';
    const ofUsers = users.map(({ size, figures }) => ({ size, cost: costOf(figures, operation) }));
    const ofCrowds = crowds
      .filter(({ size }) => operation !== 'list' || size >= fullPage)
      .map(({ size, figures }) => ({ size, cost: costOf(figures, operation) / (isPerSession ? size : 1) }));
    return [
      { operation, by: 'users', growth: growthOf(ofUsers) },
      {
        operation: isPerSession ? 'revokeAll, per session' : operation,
        by: 'sessions of one user',
        growth: growthOf(ofCrowds),
      },
    ];
  });
}

/**
 * @param {{ users: Row[], crowds: Row[] }} figures @param {{ setting: string, command: string, seconds: number }} run
 */
export function writeScalePage(figures, { setting, command, seconds }) {
  const verdicts = judge(figures).map(({ operation, by, growth }) => [
    operation,
    by,
    growth === 'more' ? '**more: not met**' : growth,
  ]);
  return `# A million sessions on one Redis

Written by \`${command}\` in ${seconds} s. ${setting}.

Times in µs with one call at a time: median / p99, then in brackets what Redis itself counts for the call's command. By that the growth is judged. \`revokeAll\` also waits until its own instant is past on this process' clock, a few milliseconds.

## More and more users, one session each

${table(
  ['users', 'bytes a user', ...operations],
  figures.users.map(({ size, bytes = NaN, figures: of }) => [format(size), format(bytes), ...cells(of)]),
  { figures: true },
)}

## More and more sessions of one user, beside ${format(figures.users.at(-1)?.size ?? 0)} others

${table(
  ['sessions', ...operations],
  figures.crowds.map(({ size, figures: of }) => [format(size), ...cells(of)]),
  { figures: true },
)}

## How it grows

${table(['operation', 'with', 'growth'], verdicts)}

Bytes are \`used_memory\`, all included. \`list\` is the first page of 50, judged from ${fullPage} sessions on. The last rows of the second table rest on few calls: their p99 is the slowest.
`;
}

/** @param {Row['figures']} figures @param {string} operation */
function costOf(figures, operation) {
  return figures[operation]?.inRedis ?? NaN;
}

/** @param {Row['figures']} figures */
function cells(figures) {
  return operations.map((operation) => {
    const { median = NaN, p99 = NaN, inRedis = NaN } = figures[operation] ?? {};
    return `${format(median)} / ${format(p99)} (${inRedis < 10 ? inRedis.toFixed(1) : format(inRedis)})`;
  });
}

/** @param {number} value */
function format(value) {
  return Math.round(value).toLocaleString('en');
}
