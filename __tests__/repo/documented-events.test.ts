import { sessionEventNames } from '../../lib/events/catalogue';
import { carriedBy, emittedNames } from './event-source';
import { rowsOf } from './markdown-table';

// The compiler reads a good part of the library, which takes its time on a busy machine.
jest.setTimeout(120_000);

const rows = rowsOf('docs/events.md');

test('docs/events.md lists every event, once, and no other', () => {
  expect(rows.map(([name]) => name).sort()).toEqual([...sessionEventNames].sort());
});

test('docs/events.md says of every event what it carries: all of it, and nothing else', () => {
  const documented = rows.map(([name, carries]) => [name, membersIn(carries!)]);
  expect(Object.fromEntries(documented)).toEqual(carriedBy('lib/events/catalogue.ts', 'SessionEvents'));
});

test('every event of the catalogue is emitted somewhere in lib, and none beside it', () => {
  expect(emittedNames()).toEqual([...sessionEventNames].sort());
});

/** One code span stands alone in its cell; several stand between commas. */
function membersIn(cell: string): string[] {
  return cell
    .split(',')
    .map((member) => member.replaceAll('`', '').trim())
    .sort();
}
