import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { riskSignalCodes } from '../../lib/domain/risk';
import { defaultRiskScale } from '../../lib/domain/risk-scale';
import { rowsOf } from '../repo/markdown-table';
import { root, textOf } from '../repo/source-tree';

jest.setTimeout(120_000);

const report = textOf('bench/RISK.md');
const page = textOf('docs/act-on-risk.md');

/** The cells of a row of the report, which begins with these words. */
function figuresOf(name: string): number[] {
  const row = report.split('\n').find((line) => line.startsWith(`| ${name} |`));
  return row!
    .split('|')
    .slice(2, -1)
    .map((cell) => Number(cell.replace(/[ ,%]/g, '')));
}

test('bench/RISK.md is what the stories come to, each time (npm run bench:risk writes it)', async () => {
  const brief = promisify(execFile)('node', ['bench/risk.js', '--brief'], { cwd: root });
  await expect(brief).resolves.toMatchObject({ stderr: '' });
});

test('there are at least two hundred stories', () => {
  expect(Number(/(\d+) stories of people/.exec(report)?.[1])).toBeGreaterThanOrEqual(200);
});

test('hardly anybody who means no harm is alarmed, and most attacks are', () => {
  const [steps, , mediumAlarms, highAlarms] = figuresOf('harmless steps: false alarms');
  const [attacks, lowCaught, mediumCaught, highCaught] = figuresOf('attacks: caught');
  expect(steps).toBeGreaterThan(5_000);
  expect(attacks).toBeGreaterThan(100);
  expect(mediumAlarms).toBeLessThanOrEqual(0.5);
  expect(highAlarms).toBe(0);
  expect(lowCaught).toBeGreaterThanOrEqual(80);
  expect(mediumCaught).toBeGreaterThanOrEqual(65);
  expect(highCaught).toBeGreaterThanOrEqual(40);
});

test.each([
  'stolen token, other country',
  'credential stuffing',
  'impossible travel',
  'dormant account taken over',
  'copied browser, phone in use',
])('%s is always noticed', (kind) => {
  const [, , medium] = figuresOf(kind);
  expect(medium).toBe(100);
});

test.each([
  'VPN on and off',
  'VPN beside the phone',
  'laptop and phone in turns',
  'new phone on a mobile network',
  'new device beside a VPN',
])('%s steps nobody up', (kind) => {
  const [steps, , , high] = figuresOf(kind);
  expect(steps).toBeGreaterThan(200);
  expect(high).toBe(0);
});

test.each(['stolen token, phone in use', 'known password, laptop in use abroad'])(
  '%s is high all the same',
  (kind) => {
    expect(figuresOf(kind)[3]).toBe(100);
  },
);

test('docs/act-on-risk.md quotes the report as it is', () => {
  const quoted = page.split('\n').filter((line) => line.startsWith('|') && line.includes(' % |'));
  expect(quoted.length).toBeGreaterThan(10);
  expect(quoted.filter((line) => !report.split('\n').includes(line))).toEqual([]);
  expect(page).toContain(`lives ${/(\d+) stories of people/.exec(report)![1]} stories through`);
  expect(page.replaceAll('\n', ' ')).toContain(`chosen by ${/by (\d+) other stories/.exec(report)![1]} others`);
});

test('docs/act-on-risk.md lists every signal with its weight, and where each level begins', () => {
  const documented = rowsOf('docs/act-on-risk.md').map(([code, weight]) => [code, Number(weight)]);
  expect(documented).toEqual(riskSignalCodes.map((code) => [code, defaultRiskScale.weights[code]]));
  const { low, medium, high } = defaultRiskScale.thresholds;
  expect(page).toContain(`\`low\` begins at ${low}, \`medium\` at ${medium}, \`high\` at ${high}`);
});
