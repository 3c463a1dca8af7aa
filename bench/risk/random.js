/** A seeded generator (mulberry32): the same stories on each run and machine. @param {number} seed */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return { integer, pick, pickOther };

  /** From 0 up to below 1. */
  function next() {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** @param {number} least @param {number} most both may come out */
  function integer(least, most) {
    return least + Math.floor(next() * (most - least + 1));
  }

  /** @template Item @param {readonly Item[]} items @returns {Item} */
  function pick(items) {
    return /** @type {Item} */ (items[integer(0, items.length - 1)]);
  }

  /** @template Item @param {readonly Item[]} items @param {Item} not */
  function pickOther(items, not) {
    return pick(items.filter((item) => item !== not));
  }
}

/** @typedef {ReturnType<typeof randomFrom>} Random */
