/**
 * A table in Markdown; all but the first column are flush right where `figures`.
 *
 * @param {readonly string[]} head @param {readonly (readonly string[])[]} rows @param {{ figures?: boolean }} [options]
 */
export function table(head, rows, { figures = false } = {}) {
  const rule = head.map((_, column) => (figures && column > 0 ? '---:' : '---'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
