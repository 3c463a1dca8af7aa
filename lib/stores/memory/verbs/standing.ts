import type { SessionId } from '../../../domain/session-id';
import type { Write } from '../../../store/commands';
import { type Entry, recognises } from '../entry';
import { isLive } from '../liveness';
import type { Memory } from '../memory';

/** A session that a write may change. */
interface Standing {
  readonly entry: Entry;
  /** This very write was made before; nothing may change again. */
  readonly done: boolean;
}

/** undefined where the session is not there, has ended, or ran out. */
export function standing(memory: Memory, command: Write & { readonly id: SessionId }): Standing | undefined {
  const entry = memory.find(command.id);
  if (entry?.record.ending !== null) return undefined;
  const done = recognises(entry, command.attempt);
  return done || isLive(entry.record, command.at) ? { entry, done } : undefined;
}
