const atOnce = 100;

/**
 * `work` on each item, in order. After each hundred the event loop comes to what else is waiting: a user may have thousands of
 * sessions, and all other requests of the process would stand still meanwhile.
 */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % atOnce === 0) await new Promise((resolve) => void setImmediate(resolve));
    results.push(work(item));
  }
  return results;
}
