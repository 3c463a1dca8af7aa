import { freeze } from '../../domain/freeze';

/**
 * A frozen copy that shares nothing with the original: what JSON would keep of it, with Buffers as Buffers. The caller's
 * changes do not reach the store, and what Redis could not hold does not look held here.
 */
export function frozenCopy<Value>(value: Value): Value {
  return copy(value) as Value;
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Buffer.isBuffer(value)) return Buffer.from(value);
  if (Array.isArray(value)) return Object.freeze(value.map((item) => copy(isKept(item) ? item : null)));
  if ('toJSON' in value) return freeze(JSON.parse(JSON.stringify(value)) as unknown);
  return Object.freeze(copyMembers(value as Readonly<Record<string, unknown>>));
}

function copyMembers(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    if (!isKept(value[name])) continue;
    if (name === '__proto__') Object.defineProperty(members, name, { ...plain, value: copy(value[name]) });
    else members[name] = copy(value[name]);
  }
  return members;
}

// an assignment to __proto__ would change what the object inherits
const plain = { configurable: true, enumerable: true, writable: true };

function isKept(value: unknown): boolean {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';
}
