import type { SettleOutbox, SettleOutboxOutcome } from '../../../store/outbox';
import type { Backend } from '../backend';
import { statusOf } from '../reply';

export async function settle({ scripts, keys }: Backend, command: SettleOutbox): Promise<SettleOutboxOutcome> {
  const outbox = keys.outbox(command.tag);
  const { at, worker, settled, release, later, dead } = command;
  const reply = await scripts.read(
    'settleOutbox',
    [outbox.letters, outbox.later, outbox.bodies, outbox.dead, outbox.lease, outbox.lost],
    [
      ...[Math.trunc(at), worker, release ? 1 : 0],
      ...[settled.length, ...settled],
      ...[later.length, ...later.flatMap((one) => laterArguments(one))],
      ...dead.flatMap(({ letter, sink, because }) => [letter.id, sink, because]),
    ],
  );
  if (statusOf(reply) === 'lost') return { status: 'lost' };
  return { status: 'settled', remaining: Number(reply[1]) };
}

function laterArguments({ letter, sink, dueAt }: SettleOutbox['later'][number]): (string | number)[] {
  return [letter.id, sink, letter.attempts, Math.trunc(dueAt)];
}
