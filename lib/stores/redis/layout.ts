/**
 * The header of a stored record: every field with its width in bytes, in the order of storage. Numbers are big endian,
 * times are milliseconds, 0 stands for none. `scripts/record.lua` spells the same; a test compares the two.
 */
export const headerFields = [
  ['format', 1],
  ['state', 1],
  ['flags', 1],
  ['version', 4],
  ['generation', 4],
  ['repeats', 2],
  // The three that a touch writes stand together: one SETRANGE.
  ['seen', 6],
  ['access', 6],
  ['confirmed', 6],
  ['refresh', 6],
  ['created', 6],
  ['started', 6],
  ['authenticated', 6],
  ['rotated', 6],
  ['parentAccess', 6],
  ['absolute', 6],
  ['accessWindow', 6],
  ['refreshWindow', 6],
  ['idleWindow', 6],
  ['grace', 4],
  ['user', 22],
  ['family', 16],
  ['accessDigest', 32],
  ['refreshDigest', 32],
  ['parentAccessDigest', 32],
  ['parentRefreshDigest', 32],
  ['nonce', 32],
  // The last four, newest first.
  ['attempts', 32],
] as const;

export type HeaderField = (typeof headerFields)[number][0];

function placeFields(): { offset: Record<HeaderField, number>; bytes: number } {
  const offset = {} as Record<HeaderField, number>;
  let bytes = 0;
  for (const [name, width] of headerFields) {
    offset[name] = bytes;
    bytes += width;
  }
  return { offset, bytes };
}

const placed = placeFields();

export const offset: Readonly<Record<HeaderField, number>> = Object.freeze(placed.offset);
export const headerBytes = placed.bytes;

/** Records of any other format are left alone: a newer version of the library may have written them. */
export const recordFormat = 1;
export const recordState = { live: 1, ended: 2 } as const;
export const recordFlag = { remember: 1, trusted: 2, refreshRevoked: 4, hasParent: 8, stepUp: 16 } as const;
