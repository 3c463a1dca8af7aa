/**
 * How a cost grows with a size, told from both ends. Flat: it does not double. Logarithmic: for each tenfold size no more is added than
 * the cost it began with. A linear cost would grow tenfold each time.
 *
 * @param {readonly { size: number, cost: number }[]} points in the order of their size
 * @returns {'flat' | 'logarithmic' | 'more'}
 */
export function growthOf(points) {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || last.size <= first.size) return 'flat';
  const growth = last.cost / first.cost;
  if (growth < 2) return 'flat';
  return growth <= 1 + Math.log10(last.size / first.size) ? 'logarithmic' : 'more';
}
