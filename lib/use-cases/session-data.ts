import { SessionError } from '../domain/error';

const maxBytes = 16_384;

/**
 * The app's JSON as it will be read back: a copy that went through JSON once, so that what the caller sees now is what every
 * process sees later.
 *
 * @throws SessionError `request_invalid` when it is no JSON object, is too large, or holds a key that pollutes prototypes
 */
export function checkData(data: unknown): Readonly<Record<string, unknown>> {
  if (data === undefined) return {};
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw invalidData('expected an object');
  let text: string;
  try {
    text = JSON.stringify(data);
  } catch (cause) {
    throw invalidData('expected what JSON can hold', cause);
  }
  if (Buffer.byteLength(text) > maxBytes) throw invalidData(`expected at most ${maxBytes} bytes of JSON`);
  return JSON.parse(text, refusePrototypeKeys) as Record<string, unknown>;
}

/** `change` over `data`, key by key; a key set to `undefined` goes. */
export function mergeData(
  data: Readonly<Record<string, unknown>>,
  change: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return checkData({ ...data, ...change });
}

function refusePrototypeKeys(key: string, value: unknown): unknown {
  if (key === '__proto__') throw invalidData('the key __proto__ is refused');
  return value;
}

function invalidData(why: string, cause?: unknown): SessionError {
  return new SessionError('request_invalid', {
    field: 'data',
    detail: `data: ${why}`,
    ...(cause ? { cause } : {}),
  });
}
