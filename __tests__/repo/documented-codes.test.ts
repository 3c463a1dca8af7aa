import { errorCodes } from '../../lib/domain/error';
import { rowsOf } from './markdown-table';

test('docs/errors.md lists every code with its status, and no other', () => {
  const documented = rowsOf('docs/errors.md').map(([code, status]) => `${code} ${status}`);
  const known = Object.entries(errorCodes).map(([code, { status }]) => `${code} ${status}`);
  expect(documented.sort()).toEqual(known.sort());
});
