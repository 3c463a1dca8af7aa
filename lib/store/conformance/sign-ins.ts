import type { Limits } from '../../domain/limits';
import type { SessionRecord } from '../../domain/session-record';
import type { Create } from '../creation';
import type { CreateOutcome } from '../outcomes';
import { limits } from './limits';
import { minute, type NewRecord, newRecord, start } from './records';
import type { Scene } from './scene';

const at = start + minute;

/** A sign-in a minute after `start`, seen from the other node, under these limits. */
export function signInUnder(
  { other, commands, userId }: Scene,
  some: Partial<Limits>,
  wanted: Partial<NewRecord> = {},
  changes: Partial<Create> = {},
): Promise<CreateOutcome> {
  return other.create(commands.create(newRecord({ userId, at, ...wanted }), { limits: limits(some), ...changes }));
}

/** So many sign-ins, a millisecond apart. */
export async function signIns(scene: Scene, count: number, from = start): Promise<SessionRecord[]> {
  const records: SessionRecord[] = [];
  for (let index = 0; index < count; index++) records.push(await scene.signIn({ at: from + index }));
  return records;
}
