import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { version } from '../../package.json';
import { run } from '../../lib/cli/run';
import { adminScopes } from '../../lib/domain/admin-scope';
import { type ApiSecret, readApiSecrets } from '../../lib/options/api-secrets';
import { apiSecretHash } from '../../lib/tokens/api-secret';
import { root } from '../repo/source-tree';

const now = Date.UTC(2026, 0, 1);
const execute = promisify(execFile);

/** What is printed for people, taken apart. */
function printed(text: string): { readonly secret: string; readonly entry: ApiSecret } {
  const [secret] = /sas_[\w-]+/.exec(text)!;
  return { secret, entry: JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as ApiSecret };
}

test('prints a secret once, and the entry by which it is known', () => {
  const { exitCode, stdout, stderr } = run(['secret'], now);
  expect([exitCode, stderr]).toEqual([0, '']);
  const { secret, entry } = printed(stdout);
  expect(stdout.split(secret)).toHaveLength(2);
  expect(entry).toEqual({
    id: expect.stringMatching(/^secret-[0-9a-f]{6}$/) as unknown,
    hash: apiSecretHash(secret),
    scopes: ['users:read'],
  });
  expect(readApiSecrets([entry], 'secrets')).toHaveLength(1);
});

test('each run makes another', () => {
  const texts = Array.from({ length: 20 }, () => printed(run(['secret'], now).stdout));
  expect(new Set(texts.map(({ secret }) => secret)).size).toBe(20);
});

test('takes scopes one by one as well', () => {
  const { stdout } = run(['secret', '--scopes', 'users:read', '--scopes', 'fleet:read'], now);
  expect(printed(stdout).entry.scopes).toEqual(['users:read', 'fleet:read']);
});

test('takes a name, scopes and an end', () => {
  const scopes = ['--scopes', 'users:read, fleet:write', '--expires=2027-01-31'];
  const { stdout } = run(['secret', '--id', 'support-desk', ...scopes], now);
  expect(printed(stdout).entry).toMatchObject({
    id: 'support-desk',
    scopes: ['users:read', 'fleet:write'],
    expiresAt: '2027-01-31',
  });
});

test('prints JSON for scripts', () => {
  const { stdout } = run(['secret', '--json', '--id', 'ci'], now);
  const { secret, entry } = JSON.parse(stdout) as { secret: string; entry: ApiSecret };
  expect(entry).toEqual({ id: 'ci', hash: apiSecretHash(secret), scopes: ['users:read'] });
});

test.each([
  [['--scopes', 'users:raed'], "--scopes: no scope is called 'users:raed'; did you mean 'users:read'?"],
  [['--scopes', ''], "--scopes: no scope is called ''; known are users:read, users:write"],
  [['--id', 'a b'], '--id: expected a name of 1 to 64 letters'],
  [['--expires', 'soon'], '--expires: expected an ISO 8601 date'],
  [['--expires', '2025-12-31'], '--expires: 2025-12-31 has passed'],
  [['--scope', 'users:read'], "Unknown option '--scope'"],
  [['--id'], "Option '--id <value>' argument missing"],
  [['more'], "Unexpected argument 'more'"],
])('refuses %j, and prints no secret', (args, message) => {
  const { exitCode, stdout, stderr } = run(['secret', ...args], now);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`sessionkeeper secret: ${message}`);
});

test.each([['--help'], ['-h'], ['help'], ['secret', '--help']])('%s names every scope', (...args) => {
  const { exitCode, stdout } = run(args, now);
  expect(exitCode).toBe(0);
  for (const scope of adminScopes) expect(stdout).toContain(scope);
});

test('without a command, or with one that there is not, it tells what there is on stderr', () => {
  for (const args of [[], ['secrets']]) {
    const { exitCode, stdout, stderr } = run(args, now);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: sessionkeeper <command>');
  }
});

test('tells its version', () => {
  for (const option of ['--version', '-v']) expect(run([option], now).stdout).toBe(`${version}\n`);
});

describe('as it is built', () => {
  const cli = join(root, 'dist/cli.js');

  beforeAll(async () => {
    if (!existsSync(cli)) await execute('npm', ['run', '--silent', 'build:fast'], { cwd: root });
  }, 60_000);

  test('it runs by itself, with its exit code', async () => {
    const { stdout } = await execute(cli, ['secret', '--json']);
    const { secret, entry } = JSON.parse(stdout) as { secret: string; entry: ApiSecret };
    expect(entry.hash).toBe(apiSecretHash(secret));
    await expect(execute(cli, ['secret', '--scopes', 'all'])).rejects.toMatchObject({ code: 2, stdout: '' });
  });
});
