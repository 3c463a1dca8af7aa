/**
 * @typedef {import('../../random.js').Random} Random
 * @typedef {import('./settled.js').Settled} Settled
 * @typedef {import('./harmless.js').Turn} Turn
 */

const browsers = ['chrome 126 on linux', 'chrome 109 on windows 10', 'firefox 115 on windows 10', 'script, no id'];

/** What thieves do, by kind of story. @type {Readonly<Record<string, (random: Random, life: Settled) => Turn>>} */
export const attacks = {
  'stolen token, other country': (random, { home, abroad }) => ({
    devices: { thief: random.pick(browsers) },
    steps: [
      `1d use laptop at ${home}/home`,
      '0s steal laptop thief',
      `${random.integer(5, 600)}m ! ${random.pick(['renew', 'use'])} thief at ${abroad}/${random.pick(['home', 'datacenter'])}`,
    ],
  }),
  'stolen token, same city': (random, { home }) => ({
    devices: { thief: random.pick(browsers) },
    steps: [
      `1d use laptop at ${home}/home`,
      '0s steal laptop thief',
      `${random.integer(5, 600)}m ! ${random.pick(['renew', 'use'])} thief at ${home}/${random.pick(['cafe', 'home-2'])}`,
    ],
  }),
  'copied browser, other country': (random, { home, abroad }) => ({
    devices: { thief: 'copy of laptop' },
    steps: [
      `1d use laptop at ${home}/home`,
      '0s steal laptop thief',
      `${random.integer(5, 600)}m ! use thief at ${abroad}/${random.pick(['home', 'datacenter'])}`,
    ],
  }),
  'copied browser, same country': (random, { home, near }) => ({
    devices: { thief: 'copy of laptop' },
    steps: [
      `1d use laptop at ${home}/home`,
      '0s steal laptop thief',
      `${random.integer(5, 600)}m ! use thief at ${near}/datacenter-${random.integer(0, 9)}`,
    ],
  }),
  'credential stuffing': (random, { abroad }) => ({
    devices: { thief: random.pick(browsers) },
    steps: [
      `9d fail 4 thief at ${abroad}/datacenter`,
      `9m fail ${random.integer(1, 4)} thief at ${abroad}/datacenter-2`,
      `20m ! sign-in thief at ${abroad}/datacenter-${random.integer(0, 9)}`,
    ],
  }),
  'known password, other country': (random, { abroad }) => ({
    devices: { thief: random.pick(browsers) },
    steps: [`${random.integer(1, 9)}d ! sign-in thief at ${abroad}/${random.pick(['home', 'vpn', 'datacenter'])}`],
  }),
  'known password, same country': (random, { near }) => ({
    devices: { thief: random.pick(browsers) },
    steps: [`${random.integer(1, 9)}d ! sign-in thief at ${near}/${random.pick(['home-7', 'vpn', 'datacenter'])}`],
  }),
  'attacker near the victim': (random, { home }) => ({
    devices: { thief: random.pick(['copy of laptop', ...browsers]) },
    steps: [`2d ! sign-in thief at ${home}/home`],
  }),
  'impossible travel': (random, { home, abroad }) => ({
    devices: { thief: random.pick(browsers) },
    steps: [
      `1d use phone at ${home}/home`,
      `${random.integer(2, 60)}m ! sign-in thief at ${abroad}/${random.pick(['home', 'mobile-4'])}`,
    ],
  }),
  'dormant account taken over': (random, { abroad }) => ({
    devices: { thief: random.pick(browsers) },
    steps: [`${random.integer(100, 380)}d ! sign-in thief at ${abroad}/${random.pick(['home', 'datacenter'])}`],
  }),
};
