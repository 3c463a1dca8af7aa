import { hash } from 'node:crypto';

/** What stands for a token in memory: a dump of the process must not hold the tokens of everyone who was here lately. */
export type TokenKey = string;

/** The whole text is hashed: what was admitted once need not be parsed again. 32 characters of one byte. */
export function tokenKey(token: string): TokenKey {
  return hash('sha256', token, 'binary');
}
