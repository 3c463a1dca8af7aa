import type { Rekey } from '../../../store/commands';
import type { RekeyOutcome } from '../../../store/outcomes';
import { encodeAudit } from '../audit-codec';
import type { Backend } from '../backend';
import { encodeProfile } from '../profile-codec';
import type { Argument } from '../reply';
import { readRenewal } from './change';

export async function rekey({ security, keys, records }: Backend, command: Rekey): Promise<RekeyOutcome> {
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
  const { reply, durable } = await security.write('rekey', [keys.session(id)], command, args);
  const change = readRenewal(records, id, 'rekeyed', reply);
  return change.status === 'rekeyed' ? { ...change, durable } : change;
}

function amendmentOf({ amendment }: Rekey): Argument[] {
  if (!amendment) return ['', '', '', ''];
  const { version, authenticatedAt, profile, stepUp } = amendment;
  return [version, authenticatedAt, encodeProfile(profile), stepUp ? 1 : 0];
}
