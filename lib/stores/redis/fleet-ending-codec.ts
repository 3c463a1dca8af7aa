import type { FleetEnding, SaveFleetEnding } from '../../store/fleet';

const idLength = 22;
/** Version, attempt, whether it is finished, id: what the script compares. */
const headBytes = 4 + 8 + 1 + idLength;

export function encodeFleetEnding({ ending, attempt }: Pick<SaveFleetEnding, 'ending' | 'attempt'>): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(ending.version);
  attempt.copy(head, 4);
  head.writeUInt8(ending.finishedAt === null ? 0 : 1, 12);
  head.write(ending.id, 13, 'latin1');
  return Buffer.concat([head, Buffer.from(JSON.stringify(ending))]);
}

export function decodeFleetEnding(bytes: Buffer): FleetEnding {
  return JSON.parse(bytes.toString('utf8', headBytes)) as FleetEnding;
}
