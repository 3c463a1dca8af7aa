import { replay } from './replay.js';
import { generatedStories } from './stories/generated/stories.js';
import { attackedLives } from './stories/hand-made/attacks.js';
import { harmlessLives } from './stories/hand-made/harmless.js';
import { livesOnSeveralDevices } from './stories/hand-made/several-devices.js';

/**
 * @typedef {import('./replay.js').Judged} Judged
 * @typedef {import('./story.js').Story} Story
 * @typedef {Pick<typeof import('sessionkeeper'), 'MemoryStore' | 'SessionManager'>} Library
 */

const seedsOfHalf = 12;
const tellAll = /** @type {const} */ ({ low: 'notify', medium: 'notify', high: 'notify' });

/** What is told: stories by hand, and those of odd seeds. @returns {Story[]} */
export function toldStories() {
  return [...harmlessLives, ...attackedLives, ...livesOnSeveralDevices, ...generatedStories(seeds(1))];
}

/** What weights and thresholds were chosen by: stories of even seeds. @returns {Story[]} */
export function chosenByStories() {
  return generatedStories(seeds(0));
}

/**
 * What the library makes of each step, with the weights and thresholds that it has by default. It tells of every level and acts on
 * none, so that a story goes on whatever is found.
 *
 * @param {Library} library
 * @param {readonly Story[]} stories
 */
export async function evaluate({ MemoryStore, SessionManager }, stories) {
  /** @type {Judged[]} */
  const judged = [];
  for (const story of stories) judged.push(...(await replay(story, open)));
  return judged;

  /** @param {() => number} clock */
  function open(clock) {
    return new SessionManager({
      store: new MemoryStore(),
      clock,
      lifetimes: { accessToken: '15m', refreshToken: '365d', absolute: '400d' },
      risk: { onSignIn: tellAll, onUse: tellAll },
    });
  }
}

/** @param {0 | 1} parity */
function seeds(parity) {
  return Array.from({ length: seedsOfHalf }, (_, index) => 2 * index + parity);
}
