import type { Outbox } from '../../../store/outbox';
import type { Backend } from '../backend';

export async function revive(
  { scripts, keys }: Backend,
  { tag, sink, at }: Parameters<Outbox['revive']>[0],
): Promise<number> {
  const { dead, later, bodies, lost } = keys.outbox(tag);
  const reply = await scripts.read('reviveLetters', [dead, later, bodies, lost], [Math.trunc(at), sink ?? '']);
  return Number(reply[0]);
}
