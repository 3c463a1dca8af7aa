import { createHmac } from 'node:crypto';
import type { Secret } from '../domain/secret';

/** The secrets of a successor pair. */
export interface SuccessorSecrets {
  readonly access: Secret;
  readonly refresh: Secret;
}

/**
 * HMAC-SHA256(nonce, label ‖ spent refresh secret). Whoever holds the spent token and learns the winner's nonce derives the
 * winner's pair: tabs that rotate at once converge, and the store, which knows the nonce alone, can derive nothing.
 */
export function deriveSuccessor(nonce: Buffer, spent: Secret): SuccessorSecrets {
  return { access: derive(nonce, 'access', spent), refresh: derive(nonce, 'refresh', spent) };
}

function derive(nonce: Buffer, label: 'access' | 'refresh', spent: Secret): Secret {
  return createHmac('sha256', nonce).update(label).update(spent).digest() as Secret;
}
