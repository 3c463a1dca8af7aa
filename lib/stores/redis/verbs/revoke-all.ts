import type { RevokeAll } from '../../../store/commands';
import type { RevokeAllOutcome } from '../../../store/outcomes';
import { encodeAudit } from '../audit-codec';
import type { Backend } from '../backend';
import { encodeEnding } from '../ending-codec';
import { nameOf } from '../keys';
import { bytesOf, type Argument } from '../reply';

export async function revokeAll(
  { security, keys, records }: Backend,
  command: RevokeAll,
): Promise<RevokeAllOutcome> {
  const { user, except, most } = command;
  const { reply, durable } = await security.write(
    'revokeAll',
    [keys.index(user), keys.audit(user), keys.epoch(user)],
    command,
    argumentsOf(command),
  );
  records.noteAudit(reply[1]);
  const bytes = bytesOf(reply[3]);
  const kept = except !== null && bytes.length > 0 ? records.decode(except, bytes) : undefined;
  const count = Number(reply[2]);
  return { status: 'ended', count, remaining: most !== null && count >= most, durable, kept: kept ?? null };
}

function argumentsOf({
  attempt,
  epoch,
  untrustedOnly,
  most,
  except,
  exceptDigest,
  rekey,
  ending,
  audit,
}: RevokeAll): Argument[] {
  return [
    attempt,
    epoch ?? '',
    untrustedOnly ? 1 : 0,
    except === null ? '' : nameOf(except),
    rekey?.family ?? '',
    rekey?.accessDigest ?? '',
    rekey?.refreshDigest ?? '',
    ending.at,
    encodeEnding(ending),
    ending.reason,
    // The script fills in the count.
    encodeAudit({ ...audit, count: 0 }),
    exceptDigest ?? '',
    most ?? '',
  ];
}
