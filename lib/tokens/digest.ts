import { hash } from 'node:crypto';
import type { Digest, Secret } from '../domain/secret';

/** What stores keep of a secret: secrets are 256 random bits, so a plain hash withstands any search. */
export function digestOf(secret: Secret): Digest {
  return hash('sha256', secret, 'buffer') as Digest;
}
