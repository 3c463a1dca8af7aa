import { readPlace } from './places.js';

/**
 * A life with an account: who does what, when, on which device, from where. Steps are sentences:
 *
 * - `3d sign-in laptop at berlin/home`: three days after the step before; `use`, `renew` and `replay` (a spent token) likewise
 * - `5m fail 12 thief at lagos/hotel`: twelve failed logins
 * - `1h steal laptop thief`: the second device gets the tokens of the first
 * - `2d become phone safari 18 on iphone 18.0`: an update
 * - `1d clear laptop`: the browser's data is deleted, the device id with it
 *
 * A `!` before the verb marks a step of an attack.
 *
 * @typedef {object} Story
 * @property {string} name
 * @property {string} kind stories of one kind are counted together
 * @property {Readonly<Record<string, string>>} devices by name, what each is, such as `chrome 126 on windows 10`; `copy of laptop` sends
 *   all that the laptop sends, its device id too; `…, no id` keeps no device id
 * @property {readonly string[]} steps
 *
 * @typedef {object} Step
 * @property {number} after milliseconds since the step before
 * @property {boolean} isAttack
 * @property {string} verb
 * @property {string} device
 * @property {string} rest what follows the device, but the place
 * @property {number} count
 * @property {ReturnType<typeof readPlace> | undefined} place
 * @property {string} text
 */

const units = /** @type {Record<string, number>} */ ({ s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 });
const sentence = /^(\d+)([smhd]) (! )?([a-z-]+)(?: (\d+))? ([a-z0-9]+)(?: (?!at )(.+?))?(?: at (\S+))?$/;

/** @param {string} text @returns {Step} */
export function readStep(text) {
  const match = sentence.exec(text);
  if (match === null) throw new Error(`No step: ${text}`);
  const [, amount, unit, mark, verb = '', count, device = '', rest = '', place] = match;
  return {
    ...{
      after: Number(amount) * (units[unit ?? ''] ?? NaN),
      isAttack: mark !== undefined,
      verb,
      device,
      rest,
      text,
    },
    count: Number(count ?? 1),
    place: place === undefined ? undefined : readPlace(place),
  };
}
