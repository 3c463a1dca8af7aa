import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Operation } from '../../lib/contract/operation';
import { adminEndpoints } from '../../lib/http/admin/admin-endpoints';
import { disownEndpoints, sessionEndpoints } from '../../lib/http/session-endpoints';
import { startExample, stopExamples } from '../examples/start-example';
import { requireProgram } from '../harness/debian-package';
import { runFolder } from '../harness/run-folder';
import { codeBlocks, root } from './code-blocks';

jest.setTimeout(120_000);

beforeAll(() => {
  requireProgram(['curl'], 'curl');
  requireProgram(['jq'], 'jq');
});

afterAll(stopExamples);

const [start, address, ...walk] = codeBlocks('docs/http-api.md', 'sh');

// Each call tells how it was answered where the page's own pipes do not see it.
const prelude = `
set -uo pipefail
npx() { shift; node ${join(root, 'dist/cli.js')} "$@"; }
curl() { command curl -sS -w '%{stderr}%{http_code} %{method} %{url}\\n' "$@"; }
`;

const run = promisify(execFile);

/** Runs lines of the page in a folder; gives what they printed as errors. */
async function runLines(lines: string, cwd: string): Promise<string> {
  return (await run('bash', ['-c', prelude + lines], { cwd })).stderr;
}

test('the walk through every route is answered as the page says', async () => {
  const folder = mkdtempSync(join(runFolder(), 'walk-'));
  await runLines(start!.split('\n')[1]!, folder);
  const entry = await run('jq', ['-c', '.entry', join(folder, 'support.json')]);
  const { url } = await startExample('back-office/server.js', { API_SECRETS: `[${entry.stdout}]` });

  const here = address!.replace('http://localhost:3000', url);
  const calls = (await runLines(here + walk.join('\n'), folder)).trim().split('\n');
  const said = [...walk.join('\n').matchAll(/# (\d{3}(?: \d{3})*)$/gm)].flatMap(([, all]) => all!.split(' '));
  expect(calls).toEqual(calls.map((call, index) => `${said[index]} ${call.slice(4)}`));
  expect(said).toHaveLength(calls.length);
  expect(uncalled('/api/v1/sessions', [...sessionEndpoints, ...disownEndpoints], calls)).toEqual([]);
  expect(uncalled('/api/v1/admin', adminEndpoints, calls)).toEqual([]);
});

/** The operations of a router that no call was about. */
function uncalled(
  mount: string,
  endpoints: readonly { readonly operation: Operation }[],
  calls: readonly string[],
): string[] {
  const missing = endpoints.filter(({ operation: { method, path } }) => {
    const template = `${mount}${path}`.replace(/\/$/, '').replace(/\{\w+\}/g, '[^/?]+');
    const call = new RegExp(`^2\\d\\d ${method} http://[^/]+${template}(\\?|$)`);
    return !calls.some((one) => call.test(one));
  });
  return missing.map(({ operation: { method, path } }) => `${method} ${mount}${path}`);
}

test('every call of the page says how it is answered', () => {
  const lines = walk.join('\n').split('\n');
  expect(lines.filter((line) => /\bcurl\b/.test(line) && !/# \d{3}( \d{3})*$/.test(line))).toEqual([]);
});
