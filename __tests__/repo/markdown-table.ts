import { textOf } from './source-tree';

/** The cells of the table rows whose first cell is a code span; the span without its backticks. */
export function rowsOf(path: string): string[][] {
  return textOf(path)
    .split('\n')
    .filter((line) => /^\|\s*`[^`]+`\s*\|/.test(line))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim().replace(/^`([^`]+)`$/, '$1')));
}
