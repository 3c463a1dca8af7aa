import type { PutOneTime } from '../../../store/one-times';
import { encodeAudit } from '../audit-codec';
import type { Backend } from '../backend';
import { namesInOneSlot } from '../one-slot';
import { encodeOneTime } from '../one-time-codec';

export async function putOneTime({ scripts, keys, records }: Backend, command: PutOneTime): Promise<void> {
  const { oneTime, audit } = command;
  namesInOneSlot([oneTime.id], oneTime.user);
  const args = [encodeOneTime(oneTime), encodeAudit(audit)];
  const reply = await scripts.write('putOneTime', [keys.oneTime(oneTime.id)], command, args);
  records.noteAudit(reply[1]);
}
