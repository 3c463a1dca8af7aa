import { type SessionId, sessionIdBytes } from '../domain/session-id';

/**
 * The id of the entry by which a session is bidden farewell that only the store could find: eight characters of its random id in
 * base64url. The same in all stores and to whoever is told of it, however often.
 */
export function farewellEntryId(id: SessionId): string {
  const characters = Buffer.from(sessionIdBytes(id)).toString('base64url').slice(2, 10);
  return Buffer.from(characters, 'latin1').toString('base64url');
}
