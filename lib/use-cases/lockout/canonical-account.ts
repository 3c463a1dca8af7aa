import { hash } from 'node:crypto';
import { invalidField } from '../check';

const maxBytes = 512;
// Soft hyphens, zero-width spaces and the like: many databases compare as if these were not there.
const unseen = /\p{Default_Ignorable_Code_Point}/gu;
// Far beyond any account's name; to normalise takes time in proportion (A58).
const maxNormalised = 4_096;

/**
 * An account as it is counted: spellings that a login form is likely to take for the same are one. Never refused for its
 * length or letters, since an account that exists would not be either (A70); what is too long to keep becomes its hash. Its own
 * canonical form again. undefined for none.
 *
 * @throws SessionError `request_invalid` for what is no text: `['alice']` may well reach the account of alice, and must not go uncounted
 */
export function canonicalAccount(account: unknown): string | undefined {
  if (account === undefined || account === null) return undefined;
  if (typeof account !== 'string') throw invalidField('account', 'text', account);
  // Blanks around it first: a megabyte of them would otherwise make another account of each guess.
  const text = account.trim().toWellFormed();
  const canonical = text.length > maxNormalised ? text : normalised(text);
  if (Buffer.byteLength(canonical) > maxBytes) return hash('sha256', canonical, 'hex');
  return canonical || undefined;
}

function normalised(text: string): string {
  return text.replace(unseen, '').normalize('NFKC').toLowerCase().normalize('NFKC').trim();
}
