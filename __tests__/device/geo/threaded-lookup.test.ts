import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ThreadedLookup } from '../../../lib/device/geo/threaded-lookup';
import { waitUntil } from '../../harness/wait-until';

jest.setTimeout(60_000);

const day = 86_400_000;

let folder: string;
let path: string;
let lookup: ThreadedLookup;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sessionkeeper-lookup-'));
  path = join(folder, 'places.cjs');
});
afterEach(async () => {
  await lookup.close();
  await rm(folder, { recursive: true });
});

/** Each thread that has loaded it leaves a letter in a file. */
async function writeModule(text: string): Promise<void> {
  const starts = JSON.stringify(join(folder, 'starts'));
  await writeFile(path, `require('node:fs').appendFileSync(${starts}, 's');\n${text}`);
}

const whole = 'exports.lookup = (ip) => ip;';
const broken = "throw new Error('the data is gone');";
const starts = async (): Promise<number> => (await readFile(join(folder, 'starts'), 'utf8')).length;
const open = (interval: number): ThreadedLookup => (lookup = new ThreadedLookup(() => path, interval));

test('twenty lookups where the module cannot be loaded start one thread, and all fail of that', async () => {
  await writeModule(broken);
  open(day);
  for (let count = 0; count < 20; count++) {
    const error = (await lookup.find('8.8.8.8').catch((thrown: unknown) => thrown)) as Error;
    expect((error.cause as Error).message).toBe('the data is gone');
  }
  expect(await starts()).toBe(1);
});

test('a thread that has failed is started anew when its time has come', async () => {
  await writeModule(broken);
  open(1);
  await expect(lookup.find('8.8.8.8')).rejects.toThrow('failed');
  await writeModule(whole);
  const isBack = async (): Promise<boolean> => (await lookup.find('8.8.8.8').catch(() => null)) === '8.8.8.8';
  await waitUntil('it looks up again', isBack);
});

test('a thread that dies while it serves is started anew at once, where it has lived longer than the interval', async () => {
  await writeModule(`exports.lookup = (ip) => (ip === '8.8.8.8' ? ip : process.exit());`);
  open(1);
  expect(await lookup.find('8.8.8.8')).toBe('8.8.8.8');
  await expect(lookup.find('9.9.9.9')).rejects.toThrow('has ended');
  const isBack = async (): Promise<boolean> => (await lookup.find('8.8.8.8').catch(() => null)) === '8.8.8.8';
  await waitUntil('it looks up again', isBack);
});

test('what one address makes it throw costs no thread', async () => {
  await writeModule(`exports.lookup = (ip) => { if (ip === '8.8.8.8') throw new Error('no'); return ip; };`);
  open(day);
  await expect(lookup.find('8.8.8.8')).rejects.toThrow('no');
  expect(await lookup.find('9.9.9.9')).toBe('9.9.9.9');
  expect(await starts()).toBe(1);
});

test('once closed it knows nothing and starts nothing, until it is opened again', async () => {
  await writeModule(whole);
  open(day);
  expect(await lookup.find('8.8.8.8')).toBe('8.8.8.8');
  await lookup.close();
  await lookup.close();
  expect(await lookup.find('8.8.8.8')).toBeNull();
  expect(await starts()).toBe(1);
  lookup.open();
  expect(await lookup.find('8.8.8.8')).toBe('8.8.8.8');
  expect(await starts()).toBe(2);
});

test('who waits while it is closed is told, and what is opened meanwhile works', async () => {
  await writeModule(whole);
  open(day);
  const waiting = lookup.find('8.8.8.8');
  const closed = lookup.close();
  lookup.open();
  const again = lookup.find('9.9.9.9');
  await expect(waiting).rejects.toThrow('closed');
  await closed;
  expect(await again).toBe('9.9.9.9');
});
