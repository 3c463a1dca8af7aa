import { createHmac } from 'node:crypto';
import { SessionError } from '../../domain/error';

const prefix = 'whsec_';
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;
// Of the key in bytes, as Standard Webhooks wants it.
const leastBytes = 24;
const mostBytes = 64;
const mostSecrets = 4;
const form = `${prefix} and ${leastBytes} to ${mostBytes} bytes in base64`;

/** The keys in `whsec_…` texts; the error never shows one. */
export function readSecrets(value: unknown): readonly Buffer[] {
  // As of a variable of the environment that is not set.
  if (value === undefined) throw invalidSecret(`${form}, got undefined`);
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (given.length < 1 || given.length > mostSecrets) throw invalidSecret(`one secret, or up to ${mostSecrets}`);
  return given.map(readSecret);
}

/**
 * The value of `webhook-signature`: one signature for each key, so that a receiver may know the old secret or the new one
 * (Standard Webhooks, "Verifying webhook authenticity").
 */
export function signMessage(keys: readonly Buffer[], id: string, seconds: number, body: string): string {
  const content = `${id}.${seconds}.${body}`;
  return keys.map((key) => `v1,${createHmac('sha256', key).update(content).digest('base64')}`).join(' ');
}

function readSecret(secret: unknown): Buffer {
  if (typeof secret !== 'string' || !secret.startsWith(prefix)) throw invalidSecret(form);
  const text = secret.slice(prefix.length);
  const key = Buffer.from(text, 'base64');
  if (!base64.test(text) || key.length < leastBytes || key.length > mostBytes) throw invalidSecret(form);
  return key;
}

function invalidSecret(expected: string): SessionError {
  return new SessionError('options_invalid', { detail: `webhookSink.secret: expected ${expected}` });
}
