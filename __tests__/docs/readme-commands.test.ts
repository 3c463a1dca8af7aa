import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { endWithRun, runFolder } from '../harness/run-folder';
import { codeBlocks, root } from './code-blocks';

jest.setTimeout(300_000);

const commands = codeBlocks('README.md', 'sh').map((block) => block.trim());

test('the README has no command that no test executes', () => {
  expect(commands).toEqual([
    'npm ci && npm start', // below, word for word
    'npm install sessionkeeper\nnpm install ioredis', // __tests__/package, with the packed package
    'npm ci && npm test', // .ci/run, which runs this very test
  ]);
  const ci = codeBlocks('CONTRIBUTING.md', 'sh').map((block) => block.trim());
  expect(ci).toEqual(['npm ci && npm test']);
});

test('npm ci && npm start serves the quickstart from a fresh checkout', async () => {
  const folder = freshCheckout();
  const child = spawn('/bin/sh', ['-c', commands[0]!], {
    cwd: folder,
    env: { ...cleanEnvironment(), PORT: '0' },
    detached: true, // a group of its own: npm, its shell and the server end together
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = endWithRun(child.pid!);
  try {
    const address = await printedAddress(child.stdout, child.stderr);
    const login = await fetch(`${address}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'alice', password: 'wonderland' }),
    });
    expect(login.status).toBe(200);
    const cookie = login.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const me = await fetch(`${address}/me`, { headers: { cookie } });
    expect(await me.json()).toMatchObject({ userId: 'alice', current: true });
  } finally {
    process.kill(-child.pid!, 'SIGKILL');
    ended();
  }
});

/** The files that git would check out, as they stand now. */
function freshCheckout(): string {
  const folder = mkdtempSync(join(runFolder(), 'checkout-'));
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const file of new Set(list.toString().split('\0').filter(Boolean))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  return folder;
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const ours = /^(npm_config_local_prefix|npm_package_.*|npm_lifecycle_.*|NODE_ENV|REDIS_URL)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

async function printedAddress(...streams: NodeJS.ReadableStream[]): Promise<string> {
  let printed = '';
  return new Promise((resolve, reject) => {
    for (const stream of streams) {
      stream.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        const address = /https?:\/\/(localhost|127\.0\.0\.1):\d+/.exec(printed);
        if (address) resolve(address[0]);
      });
      stream.on('end', () => reject(new Error(`ended without printing an address:\n${printed}`)));
    }
  });
}
