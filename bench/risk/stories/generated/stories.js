import { randomFrom } from '../../random.js';
import { attacks } from './attacks.js';
import { harmless } from './harmless.js';
import { settled } from './settled.js';
import { onSeveralDevices } from './several-devices.js';

/** @typedef {import('../../story.js').Story} Story */

/**
 * One story of each kind a seed. Even seeds are for choosing weights, odd ones for telling how well they were chosen.
 *
 * @param {readonly number[]} seeds
 * @returns {Story[]}
 */
export function generatedStories(seeds) {
  return seeds.flatMap((seed) =>
    Object.entries({ ...harmless, ...attacks, ...onSeveralDevices }).map(([kind, turnOf], index) => {
      const random = randomFrom(seed * 1_000 + index);
      const life = settled(random);
      const turn = turnOf(random, life);
      return {
        ...{ name: `${kind}, seed ${seed}`, kind },
        devices: { ...life.devices, ...turn.devices },
        steps: [...life.steps, ...turn.steps],
      };
    }),
  );
}
