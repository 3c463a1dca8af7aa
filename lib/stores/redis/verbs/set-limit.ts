import type { SetLimit } from '../../../store/creation';
import { encodeAudit } from '../audit-codec';
import type { Backend } from '../backend';

export async function setLimit({ scripts, keys, records }: Backend, command: SetLimit): Promise<void> {
  const { user, attempt, limit, audit } = command;
  const args = [attempt, limit ?? '', encodeAudit(audit)];
  const reply = await scripts.write('setLimit', [keys.ownLimit(user), keys.audit(user)], command, args);
  records.noteAudit(reply[1]);
}
