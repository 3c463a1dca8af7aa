/** How long a run takes and what it chooses: `npm run check:history` sets these. */
export interface RunSettings {
  readonly seconds: number;
  readonly seed: number;
}

// All topologies together take a minute of load.
const usualSeconds = 15;

export function runSettings(): RunSettings {
  const { HISTORY_SECONDS: seconds, HISTORY_SEED: seed } = process.env;
  return { seconds: Number(seconds ?? usualSeconds), seed: Number(seed ?? Date.now() % 1_000_000) };
}
