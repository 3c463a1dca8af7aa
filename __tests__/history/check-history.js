// `npm run check:history -- --seconds 600 --topology sentinel --seed 7`: a longer run than the tests make, with its report.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    topology: { type: 'string', default: 'standalone' },
    seed: { type: 'string', default: '1' },
  },
});
const { seconds, topology, seed } = values;
const names = ['standalone', 'sentinel', 'cluster'];
if (!names.includes(topology)) throw new Error(`--topology: expected ${names.join(', ')}, got ${topology}`);

const test = `__tests__/history/${topology}.test.ts`;
const run = spawn('npx', ['jest', '--coverage=false', '--forceExit', '--runTestsByPath', test], {
  stdio: 'inherit',
  env: { ...process.env, HISTORY_SECONDS: seconds, HISTORY_SEED: seed, HISTORY_REPORT: 'yes' },
});
run.on('exit', (code) => process.exit(code ?? 1));
