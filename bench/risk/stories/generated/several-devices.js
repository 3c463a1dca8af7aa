import { cities } from '../../cities.js';
import { citiesOf } from './settled.js';

/**
 * @typedef {import('../../random.js').Random} Random
 * @typedef {import('./settled.js').Settled} Settled
 * @typedef {import('./harmless.js').Turn} Turn
 */

const browsers = ['chrome 126 on linux', 'firefox 115 on windows 10', 'script, no id'];

/**
 * What happens to people with more than one device in use at a time, by kind of story; the last are attacks.
 *
 * @type {Readonly<Record<string, (random: Random, life: Settled) => Turn>>}
 */
export const onSeveralDevices = {
  'laptop and phone in turns': (random, { home }) => {
    const minutes = () => `${random.integer(1, 40)}m`;
    return {
      steps: Array.from({ length: 4 }, () => [
        `${random.integer(1, 30)}h use laptop at ${home}/${random.pick(['home', 'office'])}`,
        `${minutes()} ${random.pick(['use', 'use', 'sign-in'])} phone at ${gateway(random, home)}`,
        `${minutes()} ${random.pick(['use', 'use', 'sign-in'])} laptop at ${home}/home`,
        `${minutes()} use phone at ${gateway(random, home)}`,
      ]).flat(),
    };
  },
  'VPN beside the phone': (random, { home, near, abroad }) => {
    const exit = () => `${random.pick([near, abroad, abroad])}/vpn-${random.integer(0, 2)}`;
    const phone = () => random.pick([`${home}/home`, `${home}/home`, gateway(random, home)]);
    const minutes = () => `${random.integer(1, 40)}m`;
    return {
      steps: [
        `1d use laptop at ${home}/home`,
        `${minutes()} use phone at ${phone()}`,
        `${minutes()} use laptop at ${exit()}`,
        `${minutes()} use phone at ${phone()}`,
        `${minutes()} use laptop at ${home}/home`,
        `${random.integer(9, 30)}d use phone at ${phone()}`,
        `${minutes()} sign-in laptop at ${exit()}`,
        `${minutes()} use phone at ${phone()}`,
        `${minutes()} sign-in laptop at ${home}/home`,
      ],
    };
  },
  'new phone on a mobile network': (random, { home }) => ({
    devices: { new: random.pick(['safari 18.0 on iphone 18.0', 'chrome 127 on android 15']) },
    steps: [
      `1d use laptop at ${home}/home`,
      `${random.integer(1, 40)}m sign-in new at ${gateway(random, home)}`,
      `${random.integer(1, 40)}m use laptop at ${home}/home`,
      `${random.integer(1, 40)}m use new at ${gateway(random, home)}`,
      `1h use new at ${home}/home`,
    ],
  }),
  'new device beside a VPN': (random, { home, abroad }) => ({
    devices: { new: random.pick(['safari 17.5 on ipad 17.5', 'chrome 127 on linux']) },
    steps: [
      `9d use laptop at ${abroad}/vpn`,
      `${random.integer(1, 40)}m sign-in new at ${random.pick([`${home}/home`, gateway(random, home)])}`,
      `${random.integer(1, 40)}m use laptop at ${home}/home`,
    ],
  }),
  'copied browser, phone in use': (random, { home, abroad }) => ({
    devices: { thief: 'copy of laptop' },
    steps: [
      ...takenBesidePhone(random, home),
      `${random.integer(1, 14)}m ! use thief at ${abroad}/${random.pick(['home', 'datacenter'])}`,
    ],
  }),
  'stolen token, phone in use': (random, { home, abroad, devices }) => ({
    devices: { thief: random.pick([...browsers, `${devices.laptop}, no id`]) },
    steps: [
      ...takenBesidePhone(random, home),
      `${random.integer(1, 14)}m ! use thief at ${abroad}/${random.pick(['home', 'datacenter'])}`,
    ],
  }),
  'known password, laptop in use abroad': (random, { home, abroad }) => ({
    devices: { thief: random.pick(browsers) },
    steps: [`1d use laptop at ${home}/home`, `${random.integer(1, 14)}m ! sign-in thief at ${abroad}/home`],
  }),
  'known password, laptop in use nearby': (random, { home }) => ({
    devices: { thief: random.pick(browsers) },
    steps: [
      `1d use laptop at ${home}/home`,
      `${random.integer(1, 14)}m ! sign-in thief at ${gateway(random, home).replace(/[a-z]+-\d+$/, 'home-9')}`,
    ],
  }),
};

/** An address of the user's mobile network, which may seem to be in any city of the country. @param {Random} random @param {string} home */
function gateway(random, home) {
  const kind = random.pick(['gateway', 'gateway', 'mobile', 'carrier']);
  return `${random.pick(citiesOf(cities[home]?.country))}/${kind}-${random.integer(0, 60)}`;
}

/** @param {Random} random @param {string} home */
function takenBesidePhone(random, home) {
  return [
    `1d use laptop at ${home}/home`,
    '0s steal laptop thief',
    `${random.integer(1, 600)}m use phone at ${home}/home`,
  ];
}
