/**
 * The straight line that fits best, by least squares: how much `y` grows with `x`, and by how much that may be off (standard error).
 *
 * @param {readonly { x: number, y: number }[]} points
 */
export function trendOf(points) {
  const count = points.length;
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
  const spread = sum(points.map((point) => (point.x - x) ** 2));
  const slope = sum(points.map((point) => (point.x - x) * (point.y - y))) / spread;
  const left = sum(points.map((point) => (point.y - y - slope * (point.x - x)) ** 2));
  return { slope, error: Math.sqrt(left / Math.max(1, count - 2) / spread) };
}

/** @param {readonly number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/** @param {readonly number[]} values */
function mean(values) {
  return sum(values) / values.length;
}
