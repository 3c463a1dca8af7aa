import { hash } from 'node:crypto';
import type { ClaimOutbox, ClaimOutboxOutcome, Letter } from '../../../store/outbox';
import type { Backend } from '../backend';
import { bytesOf, type Reply, statusOf } from '../reply';
import { decodeLetter } from './letter-codec';

const idLength = 16;
const bodyAt = 2;
const partsEach = 2;
const first = 3;

export async function claim({ scripts, keys }: Backend, command: ClaimOutbox): Promise<ClaimOutboxOutcome> {
  const { letters, later, bodies, lost, lease } = keys.outbox(command.tag);
  const { at, worker, until, limit } = command;
  const reply = await scripts.read(
    'claimOutbox',
    [letters, later, bodies, lost, lease],
    [Math.trunc(at), worker, Math.trunc(until), limit],
  );
  if (statusOf(reply) === 'leased') return { status: 'leased', until: Number(reply[1]) };
  return { status: 'claimed', letters: readLetters(reply), dropped: Number(reply[1]) };
}

/** What cannot be read stays, for a newer version. */
function readLetters(reply: Reply): Letter[] {
  const split = first + Number(reply[2]) * partsEach;
  const found: Letter[] = [];
  for (let i = first; i < split; i += partsEach) {
    const letter = laterLetter(String(reply[i]), bytesOf(reply[i + 1]));
    if (letter) found.push(letter);
  }
  for (const part of reply.slice(split)) {
    const letter = newLetter(bytesOf(part));
    if (letter) found.push(letter);
  }
  return found;
}

function newLetter(bytes: Buffer): Letter | undefined {
  const stored = decodeLetter(bytes);
  if (!stored) return undefined;
  const { entry, userId } = stored;
  // As the script names it.
  const id = hash('sha1', bytes, 'hex').slice(0, idLength);
  return { id, entry, userId, sink: null, attempts: 0 };
}

function laterLetter(id: string, body: Buffer): Letter | undefined {
  const stored = decodeLetter(body.subarray(bodyAt));
  if (!stored) return undefined;
  const { entry, userId } = stored;
  return { id, entry, userId, sink: id.slice(idLength + 1), attempts: body.readUInt16BE() };
}
