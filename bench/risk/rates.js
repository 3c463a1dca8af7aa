/**
 * @typedef {import('./replay.js').Judged} Judged
 * @typedef {{ count: number, low: number, medium: number, high: number, refused: number }} Rates shares from 0 to 1
 */

const levels = ['none', 'low', 'medium', 'high'];

/** How much of it reached each level at least; a token that is refused opens nothing, and counts for itself. @param {readonly Judged[]} judged @returns {Rates} */
export function ratesOf(judged) {
  return {
    count: judged.length,
    low: reached('low'),
    medium: reached('medium'),
    high: reached('high'),
    refused: share(({ level }) => level === 'refused'),
  };

  /** @param {string} least */
  function reached(least) {
    return share(({ level }) => levels.indexOf(level) >= levels.indexOf(least));
  }

  /** @param {(one: Judged) => boolean} holds */
  function share(holds) {
    return judged.length === 0 ? 0 : judged.filter(holds).length / judged.length;
  }
}

/** Steps in which nobody means harm, and those of attacks. @param {readonly Judged[]} judged */
export function parted(judged) {
  return {
    harmless: judged.filter(({ isAttack }) => !isAttack),
    attacks: judged.filter(({ isAttack }) => isAttack),
  };
}

/** @template Item @param {readonly Item[]} items @param {(item: Item) => string} keyOf */
export function grouped(items, keyOf) {
  /** @type {Map<string, Item[]>} */
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups];
}
