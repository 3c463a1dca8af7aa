import { checksum, checksumLength } from './checksum';

/** A kind of token: its prefix and how many bytes its body has. */
export interface TokenKind {
  readonly prefix: string;
  readonly bytes: number;
  /** Characters of the whole text. */
  readonly length: number;
}

export function tokenKind(prefix: string, bytes: number): TokenKind {
  return { prefix, bytes, length: prefix.length + Math.ceil((bytes * 4) / 3) + checksumLength };
}

/** Prefix, canonical base64url body, checksum of both. */
export function writeToken(kind: TokenKind, body: Buffer): string {
  const text = kind.prefix + body.toString('base64url');
  return text + checksum(text);
}

/** The body of a well-formed token of this kind; undefined for anything else, at a cost that its length cannot raise. */
export function readToken(kind: TokenKind, token: unknown): Buffer | undefined {
  if (typeof token !== 'string' || token.length !== kind.length || !token.startsWith(kind.prefix)) return undefined;
  const text = token.slice(0, -checksumLength);
  if (checksum(text) !== token.slice(-checksumLength)) return undefined;
  const encoded = text.slice(kind.prefix.length);
  const body = Buffer.from(encoded, 'base64url');
  // Two texts for one body would let a token pass for two.
  return body.toString('base64url') === encoded ? body : undefined;
}
