import type { Counter } from '../../store/counters';

/** A counter as `scripts/counter.lua` writes it; here is read what `findCounters` shows. */
const counterFormat = 1;
const countAt = 2;
const heldAt = 6;
const headerBytes = 26;
const timeBytes = 6;
const stepBytes = 4 + timeBytes;

/** Stands for a hold that ends with a reset only. */
const forGood = 2 ** (8 * timeBytes) - 1;

/** undefined for one that this version cannot read. */
export function decodeCounter(bytes: Buffer): Counter | undefined {
  if (bytes.length < headerBytes || bytes[0] !== counterFormat) return undefined;
  return counterOf(bytes.readUInt32BE(countAt), bytes.readUIntBE(heldAt, timeBytes));
}

/** From the two numbers by which scripts tell of a counter. */
export function counterOf(count: number, held: number): Counter {
  return { count, heldUntil: held === forGood ? Infinity : held };
}

/** How long the first, second, … count holds, as the script `count` takes it: each count from which on it is another, and the hold. */
export function encodeHolds(holds: readonly number[]): Buffer {
  const steps = holds.flatMap((hold, index) =>
    hold === (holds[index - 1] ?? 0) ? [] : [{ from: index + 1, hold }],
  );
  const bytes = Buffer.alloc(steps.length * stepBytes);
  for (const [index, { from, hold }] of steps.entries()) {
    bytes.writeUInt32BE(from, index * stepBytes);
    bytes.writeUIntBE(Math.min(Math.trunc(hold), forGood), index * stepBytes + 4, timeBytes);
  }
  return bytes;
}
