import type { SessionStore } from '../session-store';
import type { Scene } from './scene';

/** Half of them on each node. */
export function inParallel<Outcome>(
  { store, other }: Scene,
  count: number,
  run: (node: SessionStore, index: number) => Promise<Outcome>,
): Promise<Outcome[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => run(index % 2 === 0 ? store : other, index)));
}
