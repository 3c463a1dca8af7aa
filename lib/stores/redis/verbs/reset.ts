import { slottedParts } from '../../../domain/slotted-id';
import type { Reset, ResetOutcome } from '../../../store/counters';
import { encodeAudit } from '../audit-codec';
import type { Backend } from '../backend';
import { namesInOneSlot } from '../one-slot';

export async function reset({ scripts, keys, records }: Backend, command: Reset): Promise<ResetOutcome> {
  const { attempt, counters, known, audit } = command;
  const all = known === null ? counters : [...counters, known];
  const [first] = all;
  if (first === undefined) return { forgot: false };
  namesInOneSlot(all, audit?.user);
  const reply = await scripts.write('reset', [keys.counter(first)], command, [
    attempt,
    known === null ? '' : slottedParts(known).name,
    audit?.user ?? '',
    audit ? encodeAudit(audit.entry) : '',
    ...namesInOneSlot(counters),
  ]);
  records.noteAudit(reply[1]);
  return { forgot: reply[2] === 1 };
}
