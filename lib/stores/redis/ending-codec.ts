import type { Actor } from '../../domain/actor';
import type { Ending } from '../../domain/session-record';

type StoredEnding = [at: number, reason: string, actorType: Actor['type'], actorId?: string];

export function encodeEnding({ at, reason, actor }: Ending): string {
  const stored: StoredEnding = [at, reason, actor.type];
  if (actor.id !== undefined) stored.push(actor.id);
  return JSON.stringify(stored);
}

/** @throws where the JSON is no ending. */
export function decodeEnding(json: string): Ending {
  const [at, reason, type, id] = JSON.parse(json) as StoredEnding;
  if (typeof at !== 'number' || typeof reason !== 'string') throw new TypeError('no ending');
  return { at, reason, actor: id === undefined ? { type } : { type, id } };
}
