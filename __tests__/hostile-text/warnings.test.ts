import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { warnOfFault } from '../../lib/http/fault-warning';
import { hostileTexts, obeyedByTerminals } from '../fixtures/hostile-text';
import { linesWhere, filesBelow, root } from '../repo/source-tree';

jest.setTimeout(60_000);

const execute = promisify(execFile);

async function stderrOf(text: string): Promise<string> {
  if (!existsSync(join(root, 'dist/index.cjs'))) throw new Error('this runs on the build: npm run build');
  const program = join(__dirname, 'programs/complain.cjs');
  const { stdout, stderr } = await execute(process.execPath, [
    program,
    Buffer.from(text, 'utf16le').toString('base64'),
  ]);
  expect(stdout).toBe('');
  return stderr;
}

/** Each warning comes once a process, and a process takes a second: a few texts together. */
const together = 4;
const all = Object.entries(hostileTexts);
const handfuls = all.flatMap((_, index) => (index % together === 0 ? [all.slice(index, index + together)] : []));

test.each(handfuls.map((handful) => [handful.map(([what]) => what).join(', '), handful] as const))(
  'C-log A66 what a function of the app throws is one line on stderr: %s',
  async (_, handful) => {
    const lines = (await stderrOf(handful.map(([, text]) => text).join(''))).trimEnd().split('\n');
    const warnings = lines.filter((line) =>
      /^\(node:\d+\) (\[SESSIONKEEPER_\w+\] )?SessionkeeperWarning: /.test(line),
    );
    expect(warnings.length).toBeGreaterThan(6);
    // Node's own advice is the only other one.
    expect(lines.filter((line) => !warnings.includes(line) && !line.startsWith('(Use `node '))).toEqual([]);
    expect(warnings.filter((line) => obeyedByTerminals.test(line))).toEqual([]);
  },
);

test('C-log A66 the frames of a fault follow its one line, and no line of its message is among them', () => {
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation();
  const text = 'gone\n    at forged (/etc/passwd:1:1)\n\u001b[31mred';
  warnOfFault('sessionRouter', new Error(text));
  warnOfFault('sessionRouter', text);
  const [[first, { detail }], [second, more]] = warned.mock.calls as unknown as [string, { detail?: string }][] &
    [[string, { detail: string }], [string, { detail?: string }]];
  warned.mockRestore();
  expect(first).toBe(
    'sessionRouter failed: Error: gone\\u000a    at forged (/etc/passwd:1:1)\\u000a\\u001b[31mred',
  );
  expect(second).toBe('sessionRouter failed: gone\\u000a    at forged (/etc/passwd:1:1)\\u000a\\u001b[31mred');
  expect(detail.split('\n').filter((line) => !/^ {4}at /.test(line))).toEqual([]);
  expect(detail).not.toContain('forged');
  expect(more.detail).toBeUndefined();
});

test('C-log the library warns in one place alone, where it is made inert', () => {
  const lines = linesWhere(filesBelow('lib', '.ts'), (line) => /\bemitWarning\(|\bconsole\.\w+\(/.test(line));
  expect(lines.map((line) => line.split(':')[0])).toEqual(['lib/domain/process-warning.ts']);
});
