import type { Repeat } from '../../../store/commands';
import type { RepeatOutcome } from '../../../store/outcomes';
import { encodeAudit } from '../audit-codec';
import type { Backend } from '../backend';
import { readRenewal } from './change';

export async function repeat({ scripts, keys, records }: Backend, command: Repeat): Promise<RepeatOutcome> {
  const { id, attempt, family, generation, audit } = command;
  const args = [attempt, family, generation, encodeAudit(audit)];
  return readRenewal(records, id, 'repeated', await scripts.write('repeat', [keys.session(id)], command, args));
}
