import { median } from '../measure/statistics.js';

const [width, left, right, top, rowHeight, barHeight] = [760, 232, 70, 64, 34, 20];

// One file for light and dark pages: the viewer's preference decides.
const style = `
    text { font: 13px system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; fill: #24292f; }
    .title { font-size: 15px; font-weight: 600; }
    .note { fill: #57606a; font-size: 12px; }
    .own { fill: #1a7f37; }
    .peer { fill: #8c959f; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .note { fill: #9198a1; }
      .own { fill: #3fb950; }
      .peer { fill: #6e7681; }
    }`;

/**
 * Bars of the CPU time over the floor.
 *
 * @param {import('../measure/checks.js').CheckFigures[]} checks the floor first
 */
export function drawChart([, ...checks]) {
  const rows = checks.map(({ name, server, overFloor }) => ({
    name,
    kind: server.startsWith('sessionkeeper') ? 'own' : 'peer',
    value: Math.max(median(overFloor), 0),
  }));
  const longest = Math.max(...rows.map(({ value }) => value));
  const height = top + rows.length * rowHeight + 8;
  const drawn = rows.map(({ name, kind, value }, index) => {
    const y = top + index * rowHeight;
    const length = Math.max((value / longest) * (width - left - right), 1);
    const middle = y + barHeight / 2 + 5;
    return `
  <text x="${left - 10}" y="${middle}" text-anchor="end">${name}</text>
  <rect class="${kind}" x="${left}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" rx="2"/>
  <text x="${(left + length + 8).toFixed(1)}" y="${middle}">${value.toFixed(1)} µs</text>`;
  });
  const title = 'CPU time of checking the session of one request';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}">
  <title>${title}</title>
  <style>${style}
  </style>
  <text class="title" x="10" y="24">${title}</text>
  <text class="note" x="10" y="44">microseconds of the server process, over an Express 5 server that only reads the header; less is better</text>${drawn.join('')}
</svg>
`;
}
