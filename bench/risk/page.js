import { table } from '../report/table.js';
import { grouped, parted, ratesOf } from './rates.js';

/**
 * @typedef {import('./replay.js').Judged} Judged
 * @typedef {import('./rates.js').Rates} Rates
 */

/**
 * What came out, as a page. Nothing in it is of a machine or a day: the same code writes the same page.
 *
 * @param {readonly Judged[]} told
 * @param {readonly Judged[]} chosenBy
 */
export function writeRiskPage(told, chosenBy) {
  const { harmless, attacks } = parted(told);
  // What happens before an attack is an ordinary life: it is counted, but under no kind of its own.
  const attackKinds = new Set(attacks.map(({ kind }) => kind));
  const lives = harmless.filter(({ kind }) => !attackKinds.has(kind));
  return `# How well risk is judged

Written by \`npm run bench:risk\`: ${countOf(told)} stories of people and their accounts (bench/risk/stories), lived through by way of the
public API with the weights and thresholds that are the default. Nobody's addresses are taken for anonymous. Weights and
thresholds were chosen by ${countOf(chosenBy)} other stories.

${table(
  ['', 'steps', 'low or more', 'medium or more', 'high'],
  [
    ['harmless steps: false alarms', ...figures(ratesOf(harmless))],
    ['attacks: caught', ...figures(ratesOf(attacks))],
    ['false alarms where weights were chosen', ...figures(ratesOf(parted(chosenBy).harmless))],
    ['caught where weights were chosen', ...figures(ratesOf(parted(chosenBy).attacks))],
  ],
  { figures: true },
)}

A step is a sign-in, a renewal or a use from somewhere. The first sign-in on each further device is \`low\`: that is what a new-device
notice is for.

## Nobody means harm

${table(
  ['kind of story', 'steps', 'low or more', 'medium or more', 'high', 'stories', 'with medium or more'],
  grouped(lives, ({ kind }) => kind).map(([kind, steps]) => [
    kind,
    ...figures(ratesOf(steps)),
    countOf(steps),
    countOf(steps.filter(({ level }) => level === 'medium' || level === 'high')),
  ]),
  { figures: true },
)}

## Attacks

${table(
  ['kind of story', 'attacks', 'low or more', 'medium or more', 'high', 'token refused anyway'],
  grouped(attacks, ({ kind }) => kind).map(([kind, steps]) => {
    const rates = ratesOf(steps);
    return [kind, ...figures(rates), percent(rates.refused)];
  }),
  { figures: true },
)}

## What was noticed

${table(
  ['signal', 'share of harmless steps', 'share of attacks'],
  [...new Set(told.flatMap(({ codes }) => codes))]
    .sort()
    .map((code) => [`\`${code}\``, percent(shareWith(harmless, code)), percent(shareWith(attacks, code))]),
  { figures: true },
)}
`;
}

/** @param {Rates} rates */
function figures({ count, low, medium, high }) {
  return [count.toLocaleString('en'), percent(low), percent(medium), percent(high)];
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

/** @param {readonly Judged[]} judged @param {string} code */
function shareWith(judged, code) {
  return judged.filter(({ codes }) => codes.includes(code)).length / judged.length;
}

/** @param {readonly Judged[]} judged */
function countOf(judged) {
  return new Set(judged.map(({ story }) => story)).size.toLocaleString('en');
}
