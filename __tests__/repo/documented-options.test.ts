import { rowsOf } from './markdown-table';
import { optionNames } from './option-names';

test('docs/options.md lists every option of the manager, and no other', () => {
  const documented = rowsOf('docs/options.md').map(([name]) => name);
  expect(documented.sort()).toEqual(optionNames('lib/options/manager-options.ts', 'ManagerOptions').sort());
});
