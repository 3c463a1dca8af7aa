import type { Rotate } from '../../../store/commands';
import type { RotateOutcome } from '../../../store/outcomes';
import type { Backend } from '../backend';
import { bytesOf, statusOf } from '../reply';
import { missing } from './missing';

export async function rotate({ scripts, keys, records }: Backend, command: Rotate): Promise<RotateOutcome> {
  const { id, family, generation, presented, nonce, accessDigest, refreshDigest } = command;
  const reply = await scripts.write('rotate', [keys.session(id)], command, [
    family,
    generation,
    presented,
    nonce,
    accessDigest,
    refreshDigest,
    command.slide ? 1 : 0,
  ]);
  const status = statusOf(reply) as RotateOutcome['status'];
  const record = status === 'missing' ? undefined : records.decode(id, bytesOf(reply[1]));
  if (!record || status === 'missing') return missing;
  return status === 'outdated' ? { status, record, reason: String(reply[2]) } : { status, record };
}
