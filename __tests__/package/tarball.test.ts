import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { runFolder } from '../harness/run-folder';
import { packed, run, type Tarball } from './tarball';

jest.setTimeout(120_000);

const root = resolve(__dirname, '../..');
let tarball: Tarball;
let folder: string;

beforeAll(async () => {
  tarball = await packed();
  folder = mkdtempSync(join(runFolder(), 'unpacked-'));
  await run(folder, 'tar', '-xzf', tarball.path);
});

test('the package holds the build and the papers, and nothing else', () => {
  const build = /^dist\/[\w-]+\.(js|cjs|d\.ts|d\.cts|js\.map|cjs\.map)$/;
  const papers = ['package.json', 'README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'SECURITY.md'];
  const page = /^(docs\/[\w-]+\.md|bench\/(RESULTS|SCALE|FLEET|RISK)\.md|bench\/results\.svg)$/;
  const example = /^examples\/([\w-]+\/)*[\w-]+\.(js|md|html|css|svg)$/;
  expect(
    tarball.files.filter(
      (path) => ![build, page, example].some((kind) => kind.test(path)) && !papers.includes(path),
    ),
  ).toEqual([]);
  expect(tarball.files).toEqual(expect.arrayContaining(papers));
});

test('every page that a page of the package links to is in it', () => {
  const pages = tarball.files.filter((path) => path === 'README.md' || path.startsWith('docs/'));
  const dead = pages.flatMap((page) => {
    const links = readFileSync(join(folder, 'package', page), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g);
    const targets = [...links].map(([, path]) => join('package', dirname(page), path!));
    return targets.filter((target) => !existsSync(join(folder, target)));
  });
  expect(dead).toEqual([]);
});

test('every file that the exports name is in the package', () => {
  const { exports } = JSON.parse(readFileSync(join(folder, 'package/package.json'), 'utf8')) as {
    exports: unknown;
  };
  const targets = JSON.stringify(exports).match(/\.\/[^"]+\.\w+/g) ?? [];
  expect(targets.filter((target) => !existsSync(join(folder, 'package', target)))).toEqual([]);
});

test('the command is in the package, and can be run', () => {
  const { bin } = JSON.parse(readFileSync(join(folder, 'package/package.json'), 'utf8')) as {
    bin: Record<string, string>;
  };
  expect(Object.keys(bin)).toEqual(['sessionkeeper']);
  const command = join(folder, 'package', bin['sessionkeeper']!);
  expect(readFileSync(command, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  expect(statSync(command).mode & 0o111).toBe(0o111);
});

test('no file of the build knows where it was built', () => {
  const places = [root, homedir(), 'file:///'];
  const dist = join(folder, 'package/dist');
  const telling = readdirSync(dist).filter((file) => {
    const text = readFileSync(join(dist, file), 'utf8');
    return places.some((place) => text.includes(place));
  });
  expect(telling).toEqual([]);
});
