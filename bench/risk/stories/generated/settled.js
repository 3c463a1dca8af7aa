import { cities } from '../../cities.js';

/** @typedef {import('../../random.js').Random} Random */

const names = Object.keys(cities);

/**
 * Who a generated story is about: where they live, what they use, and weeks of ordinary days before anything happens.
 *
 * @param {Random} random
 */
export function settled(random) {
  const home = random.pick(names);
  const phone = random.pick(['safari 17.4 on iphone 17.4', 'chrome 126 on android 14']);
  const laptop = random.pick([
    ...['chrome 126 on windows 10', 'edge 126 on windows 10', 'firefox 127 on windows 10', 'chrome 126 on mac'],
    ...['safari 17.4 on mac', 'firefox 127 on linux'],
  ]);
  return {
    home,
    /** Other cities of the country; the own one where there is none. */
    near:
      citiesOf(cities[home]?.country)
        .filter((name) => name !== home)
        .concat(home)[0] ?? home,
    abroad: random.pick(names.filter((name) => cities[name]?.country !== cities[home]?.country)),
    devices: { phone, laptop },
    steps: ordinaryDays(random, home),
  };
}

/** @param {string | undefined} country */
export function citiesOf(country) {
  return names.filter((name) => cities[name]?.country === country);
}

/** @param {Random} random @param {string} home */
function ordinaryDays(random, home) {
  const office = random.integer(0, 2) > 0;
  const days = [`0d sign-in laptop at ${home}/home`, `${random.integer(1, 40)}h sign-in phone at ${home}/home`];
  for (let week = random.integer(1, 5); week > 0; week--) {
    days.push(
      `${random.integer(20, 60)}h use phone at ${home}/mobile-${random.integer(0, 60)}`,
      `${random.integer(1, 9)}h use phone at ${home}/home`,
      `${random.integer(10, 30)}h use laptop at ${home}/${office ? 'office' : 'home'}`,
      `${random.integer(4, 12)}h use laptop at ${home}/home`,
    );
    if (random.integer(0, 2) === 0) days.push(`${random.integer(5, 20)}h sign-in laptop at ${home}/home`);
  }
  return days;
}

/** @typedef {ReturnType<typeof settled>} Settled */
