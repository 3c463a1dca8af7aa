import { cities } from '../../cities.js';
import { citiesOf } from './settled.js';

/**
 * @typedef {import('../../random.js').Random} Random
 * @typedef {import('./settled.js').Settled} Settled
 * @typedef {{ steps: string[], devices?: Record<string, string> }} Turn what happens after the ordinary days
 */

/** What happens to people, by kind of story. @type {Readonly<Record<string, (random: Random, life: Settled) => Turn>>} */
export const harmless = {
  'ordinary days': (random, { home }) => ({
    steps: [`${random.integer(1, 30)}d sign-in laptop at ${home}/home`, `3h use phone at ${home}/cafe`],
  }),
  'travel by plane': (random, { home, abroad }) => ({
    steps: [
      `2d use phone at ${home}/mobile-${random.integer(0, 60)}`,
      `${flightHours(home, abroad)}h use phone at ${abroad}/mobile-${random.integer(0, 60)}`,
      `2h ${random.pick(['use', 'sign-in'])} laptop at ${abroad}/hotel`,
      `${random.integer(1, 6)}d use phone at ${abroad}/cafe`,
      `${flightHours(home, abroad)}h use phone at ${home}/mobile-${random.integer(0, 60)}`,
      `1h use laptop at ${home}/home`,
    ],
  }),
  'travel by train': (random, { home, near }) => ({
    steps: [
      `2d use laptop at ${home}/home`,
      `${random.integer(30, 90)}m use laptop at ${random.pick([home, near])}/train-${random.integer(0, 30)}`,
      `${flightHours(home, near)}h use laptop at ${near}/hotel`,
      `5h use phone at ${near}/mobile-${random.integer(0, 60)}`,
      `${flightHours(home, near) + 4}h use phone at ${home}/home`,
    ],
  }),
  'VPN on and off': (random, { home, near, abroad }) => {
    const exit = random.pick([near, abroad, abroad]);
    return {
      steps: [
        `1d use laptop at ${home}/home`,
        `${random.integer(1, 60)}m use laptop at ${exit}/vpn-${random.integer(0, 2)}`,
        `${random.integer(1, 5)}h use laptop at ${home}/home`,
        `1d use laptop at ${exit}/vpn-${random.integer(0, 2)}`,
        `${random.integer(1, 5)}d sign-in laptop at ${exit}/vpn-${random.integer(0, 2)}`,
        `${random.integer(1, 60)}m use laptop at ${home}/home`,
      ],
    };
  },
  'phone on mobile networks': (random, { home }) => {
    const gateways = citiesOf(cities[home]?.country);
    const kind = random.pick(['mobile', 'mobile', 'carrier']);
    const hop = () => `${random.pick(gateways)}/${kind}-${random.integer(0, 60)}`;
    return { steps: Array.from({ length: 8 }, () => `${random.integer(5, 300)}m use phone at ${hop()}`) };
  },
  'IPv4 and IPv6': (random, { home }) => ({
    steps: Array.from(
      { length: 6 },
      () => `${random.integer(1, 90)}m use phone at ${home}/${random.pick(['home', 'home.6'])}`,
    ),
  }),
  updates: (random, { home, devices }) => ({
    steps: [
      `9d become laptop ${updated(devices.laptop)}`,
      `1m use laptop at ${home}/home`,
      `${random.integer(1, 9)}d become phone ${updated(devices.phone)}`,
      `1m use phone at ${home}/mobile-${random.integer(0, 60)}`,
    ],
  }),
  'shared office': (random, { home }) => ({
    devices: { room: 'chrome 126 on windows 10' },
    steps: [
      `1d sign-in laptop at ${home}/office-4`,
      `${random.integer(5, 50)}m sign-in room at ${home}/office-4`,
      `5m use phone at ${home}/office-4`,
    ],
  }),
  'new device': (random, { home }) => ({
    devices: { new: random.pick(['safari 17.5 on mac', 'chrome 127 on linux', 'safari 17.5 on ipad 17.5']) },
    steps: [`9d sign-in new at ${home}/${random.pick(['home', 'cafe', `mobile-${random.integer(0, 60)}`])}`],
  }),
  'cleared browser data': (random, { home }) => ({
    steps: ['5d clear laptop', `${random.integer(1, 30)}h sign-in laptop at ${home}/home`],
  }),
  'forgotten password': (random, { home }) => ({
    steps: [`9d fail ${random.integer(1, 5)} laptop at ${home}/home`, `9m sign-in laptop at ${home}/home`],
  }),
  'holiday abroad': (random, { home, abroad }) => ({
    steps: [
      `${random.integer(2, 4)}d use phone at ${abroad}/mobile-${random.integer(0, 60)}`,
      `4h use phone at ${abroad}/hotel`,
      `${random.integer(4, 12)}d use phone at ${abroad}/cafe`,
      `${random.integer(20, 40)}h use phone at ${home}/home`,
      `1h use laptop at ${home}/home`,
    ],
  }),
  'moved country': (random, { abroad }) => ({
    steps: [
      `${random.integer(2, 9)}d use phone at ${abroad}/mobile-${random.integer(0, 60)}`,
      `${random.integer(2, 9)}d sign-in laptop at ${abroad}/home`,
      `30d sign-in laptop at ${abroad}/home`,
      `9d sign-in phone at ${abroad}/home`,
    ],
  }),
  'family sharing': (random, { home, near }) => ({
    devices: { theirs: 'safari 17.5 on ipad 17.5' },
    steps: [
      `1d sign-in theirs at ${home}/home`,
      `2d use theirs at ${near}/hotel`,
      `${random.integer(1, 40)}m use phone at ${home}/home`,
      `${random.integer(1, 40)}m use theirs at ${near}/mobile-${random.integer(0, 60)}`,
    ],
  }),
  'dormant return': (random, { home, devices }) => ({
    steps: [
      `${random.integer(120, 380)}d become laptop ${updated(devices.laptop)}`,
      `1m sign-in laptop at ${home}/${random.pick(['home', 'home-2', 'cafe'])}`,
    ],
  }),
  'lost replies': (random, { home }) => ({
    steps: [
      `1d renew phone at ${home}/home`,
      `${random.integer(5, 25)}s replay phone at ${home}/${random.pick(['home', `mobile-${random.integer(0, 60)}`])}`,
    ],
  }),
};

/** Door to door, the flight at 800 km/h: whole hours. @param {string} from @param {string} to */
function flightHours(from, to) {
  const [a, b] = [cities[from], cities[to]];
  if (a === undefined || b === undefined) throw new Error(`No city: ${from}, ${to}`);
  const radians = (/** @type {number} */ degrees) => (degrees * Math.PI) / 180;
  const cosine =
    Math.sin(radians(a.latitude)) * Math.sin(radians(b.latitude)) +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.cos(radians(a.longitude - b.longitude));
  return Math.ceil((6_371 * Math.acos(Math.min(cosine, 1))) / 800) + 3;
}

/** The next version of the browser and, on a phone, of the system. @param {string} device */
function updated(device) {
  return device
    .replace(/^(\w+) (\d+)(\.\d+)?/, (_, name, major) => `${name} ${Number(major) + 1}`)
    .replace(/17\.4$/, '18.0');
}
