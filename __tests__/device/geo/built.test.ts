import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

jest.setTimeout(60_000);

const dist = resolve(__dirname, '../../../dist');
const database = createRequire(__filename).resolve(
  '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb',
);

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'sessionkeeper-places-'))));
afterAll(() => rm(folder, { recursive: true }));

// Goes before everything else in each thread: whatever could leave the machine is told of, and fails.
const trap = `
const told = (what) => () => {
  process._rawDebug('NETWORK: ' + what);
  throw new Error('there is no network');
};
require('node:net').Socket.prototype.connect = told('connect');
require('node:dgram').Socket.prototype.send = told('send');
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'reverse']) {
  require('node:dns')[name] = told(name);
  require('node:dns').promises[name] = told(name);
}
`;

/** Signs in from addresses in a process of its own; gives what it printed, once nothing keeps it alive any more. */
async function placesIn(file: string, program: string): Promise<{ stdout: string; stderr: string }> {
  const path = join(folder, file);
  await writeFile(join(folder, 'trap.cjs'), trap);
  await writeFile(path, program);
  // As an option of the environment it holds for worker threads as well.
  const env = { ...process.env, NODE_OPTIONS: `--require=${join(folder, 'trap.cjs')}` };
  return promisify(execFile)(process.execPath, [path], { env, timeout: 50_000 });
}

const signIns = (resolver: string): string => `
const sessions = new SessionManager({ store: new MemoryStore(), geo: { resolver: ${resolver}, deadline: '5s' } });
const from = async (ip) => (await sessions.create({ userId: 'alice', client: { ip } })).session?.location?.country;
(async () => {
  // The first may wait for the data longer than it is let.
  for (let count = 0; count < 8 && !(await from('133.11.0.1')); count++);
  console.log(await from('133.11.0.1'), await from('193.0.6.139'), await from('2001:630::1'));
})();
`;
const asEsm = `import { geoipLite, maxmindDatabase, MemoryStore, SessionManager } from '${dist}/index.js';`;
const asCjs = `const { geoipLite, maxmindDatabase, MemoryStore, SessionManager } = require('${dist}/index.cjs');`;

describe.each([
  ['ESM', 'places.mjs', asEsm],
  ['CommonJS', 'places.cjs', asCjs],
])('the build as %s', (_, file, imports) => {
  test.each([
    ['geoip-lite', 'geoipLite()'],
    ['an mmdb file', `maxmindDatabase({ path: '${database}' })`],
  ])(
    'A77 finds places by %s without a step off the machine, and keeps no process alive',
    async (_name, resolver) => {
      const { stdout, stderr } = await placesIn(file, imports + signIns(resolver));
      expect(stderr).not.toContain('NETWORK');
      expect(stdout.trim()).toBe('JP NL GB');
    },
  );
});

test.each([
  ['here', (leave: string) => leave],
  [
    'in another thread',
    (leave: string) =>
      `new (require('node:worker_threads').Worker)(${JSON.stringify(leave)}, { eval: true, execArgv: [] })`,
  ],
])('the trap catches what leaves the machine %s', async (_, run) => {
  const leave = `require('node:http').get('http://192.0.2.1').on('error', () => undefined);`;
  const failed = (await placesIn('leaving.cjs', run(leave)).catch((error: unknown) => error)) as { stderr: string };
  expect(failed.stderr).toContain('NETWORK: connect');
});

test('geoip-lite’s data is read beside the event loop, which goes on meanwhile', async () => {
  const program = `${asCjs}
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    geoipLite().resolve('133.11.0.1').then(({ country }) => {
      clearInterval(timer);
      console.log(JSON.stringify({ country, turns }));
    });`;
  const { country, turns } = JSON.parse((await placesIn('beside.cjs', program)).stdout) as Record<string, unknown>;
  expect(country).toBe('JP');
  // Were it read there, not one would come between.
  expect(turns).toBeGreaterThan(3);
});
