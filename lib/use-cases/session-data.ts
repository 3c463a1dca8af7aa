import { SessionError } from '../domain/error';
import { describeInput } from './check';

const sessionBytes = 16_384;
// JSON of 16 KiB can nest 8,000 deep, and whoever walks it by recursion runs out of stack.
const maxDepth = 64;

/**
 * The app's JSON as it will be read back: a copy that went through JSON once, so that what the caller sees now is what every
 * process sees later.
 *
 * @throws SessionError `request_invalid` when it is no JSON object, is too large or too deep, holds what JSON would drop, or a
 * key that pollutes prototypes
 */
export function checkData(data: unknown, maxBytes = sessionBytes): Readonly<Record<string, unknown>> {
  if (data === undefined) return {};
  if (typeof data !== 'object') throw invalidData('expected an object');
  const copy: unknown = JSON.parse(writeJson(data, maxBytes));
  // Judged as it will be read back: what has a toJSON of its own, such as a Date, is no object any more.
  if (!isPlain(copy)) throw invalidData('expected an object');
  checkMembers(copy, maxDepth);
  return copy;
}

/** `change` over `data`, key by key; a key set to `undefined` goes. */
export function mergeData(
  data: Readonly<Record<string, unknown>>,
  change: unknown,
): Readonly<Record<string, unknown>> {
  // Spreading a text or a list would add its pieces under 0, 1, 2.
  if (!isPlain(change)) throw invalidData('expected an object');
  return checkData({ ...data, ...change });
}

// TypeScript leaves out that it gives undefined for a function, or where a toJSON does.
const stringify: (value: unknown, replacer: typeof refuseLost) => string | undefined = JSON.stringify;

// JSON leaves these out without a word, and the app would miss them at the next request.
const lost: readonly string[] = ['function', 'symbol', 'bigint'];

function refuseLost(_key: string, value: unknown): unknown {
  if (lost.includes(typeof value)) throw invalidData(`expected what JSON can hold, got ${describeInput(value)}`);
  return value;
}

function writeJson(data: unknown, maxBytes: number): string {
  let text: string | undefined;
  try {
    text = stringify(data, refuseLost);
  } catch (cause) {
    if (cause instanceof SessionError) throw cause;
    throw invalidData('expected what JSON can hold', cause);
  }
  if (text === undefined) throw invalidData('expected an object');
  if (Buffer.byteLength(text) > maxBytes) throw invalidData(`expected at most ${maxBytes} bytes of JSON`);
  return text;
}

function checkMembers(value: object, depth: number): void {
  if (depth === 0) throw invalidData(`expected at most ${maxDepth} levels`);
  for (const [key, member] of Object.entries(value) as [string, unknown][]) {
    if (key === '__proto__') throw invalidData('the key __proto__ is refused');
    if (typeof member === 'object' && member !== null) checkMembers(member, depth - 1);
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalidData(why: string, cause?: unknown): SessionError {
  return new SessionError('request_invalid', {
    field: 'data',
    detail: `data: ${why}`,
    ...(cause ? { cause } : {}),
  });
}
