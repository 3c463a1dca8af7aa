import { randomInt } from 'node:crypto';
import { type Secret, secretBytes } from '../domain/secret';
import type { OneTimeId } from '../domain/slotted-id';
import { digestOf } from './digest';
import { mintSecret } from './mint';
import { readToken, tokenKind, writeToken } from './token-text';

const tagBytes = 2;
const highestTag = 0xfff;
const nameLength = 22;

/** tag (2) ‖ secret (32). The tag places the record beside those of the user it is bound to; of one that is nobody's it is random. */
const kind = tokenKind('sot_', tagBytes + secretBytes);

/** A new one-time token and the name under which stores know it. */
export function mintOneTimeToken(tag = tagText(randomInt(highestTag + 1))): {
  readonly token: string;
  readonly id: OneTimeId;
} {
  const secret = mintSecret();
  const head = Buffer.alloc(tagBytes);
  head.writeUInt16BE(Number.parseInt(tag, 16));
  return { token: writeToken(kind, Buffer.concat([head, secret])), id: idOf(tag, secret) };
}

/** The name of a one-time token; undefined for what is none. */
export function readOneTimeToken(token: unknown): OneTimeId | undefined {
  const body = readToken(kind, token);
  const tag = body?.readUInt16BE();
  if (body === undefined || tag === undefined || tag > highestTag) return undefined;
  return idOf(tagText(tag), body.subarray(tagBytes) as Secret);
}

function tagText(tag: number): string {
  return tag.toString(16).padStart(3, '0');
}

/** 132 bits of the digest: enough that nobody finds another secret of this name. */
function idOf(tag: string, secret: Secret): OneTimeId {
  return `${tag}${digestOf(secret).toString('base64url').slice(0, nameLength)}` as OneTimeId;
}
