import type { Note } from '../../../store/note';
import { encodeAudit } from '../audit-codec';
import type { Backend } from '../backend';
import { encodeUserId } from '../outbox/letter-codec';

export async function note({ scripts, keys, records }: Backend, command: Note): Promise<void> {
  const args = [encodeAudit(command.audit), encodeUserId(null), Math.trunc(command.startedAt)];
  const reply = await scripts.write('note', [keys.audit(command.user)], command, args);
  records.noteAudit(reply[1]);
}
