import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import * as surface from '../../lib/index';
import { codeBlocks, root } from './code-blocks';

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
].filter((page) => page.endsWith('.md'));

// Its namespaces are there only once it is made.
const sessions = new surface.SessionManager({ store: new surface.MemoryStore() });

describe.each(pages)('%s', (page) => {
  test('has code that parses', () => {
    for (const block of codeBlocks(page, 'js')) {
      const { diagnostics = [] } = ts.transpileModule(block, { reportDiagnostics: true });
      expect(diagnostics.map(({ messageText }) => messageText)).toEqual([]);
    }
  });

  test('calls nothing of the library that is not there', () => {
    const text = codeBlocks(page, 'js').join('\n');
    const methods = [...text.matchAll(/\bsessions\.(\w+)/g)].map(([, name]) => name!);
    expect(methods.filter((name) => !(name in sessions))).toEqual([]);
    const imported = [...text.matchAll(/import \{([^}]*)\} from 'sessionkeeper'/g)].flatMap(([, names]) =>
      names!
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
    );
    expect(imported.filter((name) => !(name in surface))).toEqual([]);
  });

  test('links to pages that exist', () => {
    const text = readFileSync(join(root, page), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)(#[^)]*)?\)/g)].map(([, path]) => path!);
    expect(links.filter((path) => !existsSync(join(root, dirname(page), path)))).toEqual([]);
  });
});
