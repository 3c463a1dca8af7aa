import { cleanText } from '../../device/client-text';
import type { DeliveryFailure } from '../../domain/audit-sink';
import { TimedOut } from './within-time';

const mostBytes = 200;

/**
 * Why a delivery failed, as dead letters keep it. Of what a sink throws only the kind: its words may hold an address with a secret in it, or
 * what the other side has said.
 */
export function becauseOf(error: unknown): string {
  if (error instanceof TimedOut) return error.message;
  const { name, code } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const words = ['the sink threw', word(name) ?? 'something', word(code) ? `(${word(code)})` : undefined];
  return words.filter((text) => text !== undefined).join(' ');
}

/** The sink's own words, harmless to show and cut: they may be those of the other side. */
export function becauseGiven({ because }: DeliveryFailure): string {
  return typeof because === 'string' ? cleanText(because, mostBytes) : 'the sink did not say why';
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' && /^\w{1,40}$/.test(value) ? value : undefined;
}
