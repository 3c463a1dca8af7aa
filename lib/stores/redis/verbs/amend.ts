import type { Amend } from '../../../store/commands';
import type { AmendOutcome } from '../../../store/outcomes';
import { encodeAudit } from '../audit-codec';
import type { Backend } from '../backend';
import { encodeProfile } from '../profile-codec';
import { encodeData } from '../record-encoder';
import { readChange } from './change';

export async function amend({ scripts, keys, records }: Backend, command: Amend): Promise<AmendOutcome> {
  const { id, attempt, version, trusted, stepUp, profile, data, audit } = command;
  const shown = [trusted ? 1 : 0, encodeProfile(profile), encodeData(data)];
  const args = [attempt, version, ...shown, audit ? encodeAudit(audit) : '', stepUp ? 1 : 0];
  return readChange(records, id, 'amended', await scripts.write('amend', [keys.session(id)], command, args));
}
