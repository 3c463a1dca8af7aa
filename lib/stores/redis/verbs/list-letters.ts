import type { AuditEntry } from '../../../domain/audit-entry';
import { type UserKey, userTag } from '../../../domain/session-id';
import type { Letters } from '../../../store/erasure';
import type { Backend } from '../backend';
import { decodeLetter } from '../outbox/letter-codec';
import { bytesOf, type Reply } from '../reply';

export async function listLetters({ scripts, keys }: Backend, user: UserKey): Promise<Letters> {
  const { letters, bodies, dead } = keys.outbox(userTag(user));
  const [count, ...found] = await scripts.read('lettersOf', [letters, bodies, dead], [user]);
  return { waiting: entriesOf(found.slice(0, Number(count))), dead: entriesOf(found.slice(Number(count))) };
}

function entriesOf(letters: Reply): readonly AuditEntry[] {
  return letters.flatMap((letter) => decodeLetter(bytesOf(letter))?.entry ?? []);
}
