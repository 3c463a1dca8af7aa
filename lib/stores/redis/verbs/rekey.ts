import type { Rekey } from '../../../store/commands';
import type { RekeyOutcome } from '../../../store/outcomes';
import { encodeAudit } from '../audit-codec';
import type { Backend } from '../backend';
import { encodeProfile } from '../profile-codec';
import type { Argument } from '../reply';
import { readChange } from './change';

export async function rekey({ scripts, keys, records }: Backend, command: Rekey): Promise<RekeyOutcome> {
  const { id, attempt, audit } = command;
  const { family, accessDigest, refreshDigest } = command.keys;
  const args = [
    attempt,
    command.family,
    family,
    accessDigest,
    refreshDigest ?? '',
    encodeAudit(audit),
    ...amendmentOf(command),
  ];
  return readChange(records, id, 'rekeyed', await scripts.write('rekey', [keys.session(id)], command, args));
}

function amendmentOf({ amendment }: Rekey): Argument[] {
  if (!amendment) return ['', '', ''];
  return [amendment.version, amendment.authenticatedAt, encodeProfile(amendment.profile)];
}
