import { createHash } from 'node:crypto';
import { cities } from './cities.js';

/**
 * Kinds of network: how well an address database knows where its addresses are, and who holds them. A carrier's addresses are
 * of the whole country.
 *
 * @type {Readonly<Record<string, { radius: number, holder: 'place' | 'country', showsCity: boolean }>>}
 */
const networkKinds = {
  home: { radius: 10, holder: 'place', showsCity: true },
  office: { radius: 5, holder: 'place', showsCity: true },
  hotel: { radius: 20, holder: 'place', showsCity: true },
  cafe: { radius: 10, holder: 'place', showsCity: true },
  train: { radius: 200, holder: 'country', showsCity: true },
  mobile: { radius: 100, holder: 'country', showsCity: true },
  // Its database claims to know better than it does.
  gateway: { radius: 20, holder: 'country', showsCity: true },
  carrier: { radius: 500, holder: 'country', showsCity: false },
  vpn: { radius: 20, holder: 'place', showsCity: true },
  datacenter: { radius: 20, holder: 'place', showsCity: true },
};

/**
 * The address and place of `berlin/home`, of another household's `berlin/home-2`, of `berlin/home.6` over IPv6, or of
 * `nowhere/home`: an address that the database does not know.
 *
 * @param {string} text
 * @returns {{ ip: string, location?: import('sessionkeeper').Client['location'] }}
 */
export function readPlace(text) {
  const match = /^([a-z-]+)\/([a-z]+)(?:-(\d+))?(\.6)?$/.exec(text);
  const [, where = '', kind = '', number = '0', version] = match ?? [];
  const network = networkKinds[kind];
  const city = cities[where];
  if (network === undefined || (city === undefined && where !== 'nowhere')) throw new Error(`No place: ${text}`);
  const holder = network.holder === 'country' ? (city?.country ?? where) : where;
  const ip =
    version === undefined ? addressOf4(`${holder}/${kind}`, number) : addressOf6(`${holder}/${kind}`, number);
  if (city === undefined) return { ip };
  const { latitude, longitude, country } = city;
  const coordinates = { latitude, longitude, radius: network.radius };
  return { ip, location: { city: network.showsCity ? city.city : null, region: null, country, coordinates } };
}

/** A /16 a holder, a /24 a network of it. @param {string} holder @param {string} number */
function addressOf4(holder, number) {
  const bytes = createHash('sha256').update(holder).digest();
  return `${20 + ((bytes[0] ?? 0) % 80)}.${bytes[1]}.${Number(number) % 256}.${bytes[3]}`;
}

/** A /32 a holder, a /64 a network of it. @param {string} holder @param {string} number */
function addressOf6(holder, number) {
  const hex = createHash('sha256').update(holder).digest('hex');
  return `2a0${hex[0]}:${hex.slice(1, 5)}:${Number(number).toString(16)}:1::${hex.slice(5, 8)}`;
}
