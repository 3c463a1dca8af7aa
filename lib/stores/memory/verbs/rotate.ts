import { sameBytes } from '../../../domain/same-bytes';
import type { Digest } from '../../../domain/secret';
import type { SessionRecord } from '../../../domain/session-record';
import type { Rotate } from '../../../store/commands';
import type { RotateOutcome } from '../../../store/outcomes';
import { isRenewable } from '../liveness';
import type { Memory } from '../memory';
import { rotated } from '../transitions';

export function rotate(memory: Memory, command: Rotate): RotateOutcome {
  const entry = memory.find(command.id);
  if (!entry) return { status: 'missing' };
  const { record } = entry;
  if (record.ending) return { status: 'unchanged', record };
  if (isOwnSuccessor(record, command)) return { status: 'rotated', record };

  const spent = presentedToken(record, command);
  if (spent === null || !isRenewable(record, command.at)) return { status: 'unchanged', record };
  const reason = memory.outdates(entry);
  if (reason !== undefined) return { status: 'outdated', record, reason };
  return { status: 'rotated', record: memory.write(entry, rotated(record, spent, command), { at: command.at }) };
}

/** Whether this very rotation was made before. */
function isOwnSuccessor({ credentials }: SessionRecord, { nonce, generation }: Rotate): boolean {
  return credentials.generation === generation + 1 && credentials.parent?.nonce.equals(nonce) === true;
}

/** The current refresh digest, where it is the one presented. */
function presentedToken({ credentials }: SessionRecord, command: Rotate): Digest | null {
  const isCurrent =
    credentials.family.equals(command.family) &&
    credentials.generation === command.generation &&
    sameBytes(command.presented, credentials.refreshDigest);
  return isCurrent ? credentials.refreshDigest : null;
}
