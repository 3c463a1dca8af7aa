import { randomBytes } from 'node:crypto';
import { attemptBytes, familyBytes, nonceBytes, type Secret, secretBytes } from '../domain/secret';

export const mintSecret = (): Secret => randomBytes(secretBytes) as Secret;
export const mintFamily = (): Buffer => randomBytes(familyBytes);
export const mintNonce = (): Buffer => randomBytes(nonceBytes);
export const mintAttempt = (): Buffer => randomBytes(attemptBytes);
