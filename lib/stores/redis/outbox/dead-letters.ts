import type { DeadLetter, Outbox } from '../../../store/outbox';
import type { Backend } from '../backend';
import { decodeLetter } from './letter-codec';

// So few that others get their turn in between.
const tagsAtOnce = 256;
const sinkAt = 7;

/** One LRANGE a tag, all of a chunk under way at once. */
export async function deadLetters(
  { client, calls, keys }: Backend,
  { tags, limit }: Parameters<Outbox['deadLetters']>[0],
): Promise<readonly DeadLetter[]> {
  const found: DeadLetter[] = [];
  for (let first = 0; first < tags.length && found.length < limit; first += tagsAtOnce) {
    const some = tags.slice(first, first + tagsAtOnce);
    const most = limit - found.length;
    const stored = await calls.run(() =>
      Promise.all(some.map((tag) => client.lrangeBuffer(keys.outbox(tag).dead, 0, most - 1))),
    );
    for (const [index, tag] of some.entries()) found.push(...stored[index]!.flatMap((bytes) => decode(tag, bytes)));
  }
  return found.slice(0, limit);
}

/** Time of its death, sink and why, each text behind its length, and the letter; what cannot be read is left out. */
function decode(tag: string, bytes: Buffer): DeadLetter[] {
  const sinkEnd = sinkAt + bytes.readUInt8(sinkAt - 1);
  const becauseAt = sinkEnd + 2;
  const becauseEnd = becauseAt + bytes.readUInt16BE(sinkEnd);
  const letter = decodeLetter(bytes.subarray(becauseEnd));
  if (!letter) return [];
  const { entry, userId } = letter;
  return [
    {
      tag,
      sink: bytes.toString('utf8', sinkAt, sinkEnd),
      entry,
      userId,
      diedAt: bytes.readUIntBE(0, 6),
      because: bytes.toString('utf8', becauseAt, becauseEnd),
    },
  ];
}
