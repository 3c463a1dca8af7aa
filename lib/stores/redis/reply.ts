/** What scripts take. */
export type Argument = string | number | Buffer;

/** What scripts give: bytes and counts, never text. */
export type Reply = readonly (Buffer | number)[];

/** The word that a reply of a write begins with. */
export function statusOf(reply: Reply): string {
  return String(reply[0]);
}

/** Where the script promises bytes. */
export function bytesOf(part: Buffer | number | undefined): Buffer {
  return part as Buffer;
}
