/**
 * A copy that shares nothing with the original: what JSON would keep of it, with Buffers as Buffers. The caller's changes
 * do not reach the store, nor the store's the caller, and what Redis could not hold does not look held here.
 */
export function detached<Value>(value: Value): Value {
  return copy(value) as Value;
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Buffer.isBuffer(value)) return Buffer.from(value);
  if (Array.isArray(value)) return value.map((item) => copy(isKept(item) ? item : null));
  if ('toJSON' in value) return JSON.parse(JSON.stringify(value)) as unknown;
  // fromEntries defines its members: a key called __proto__ stays a key
  const members = Object.entries(value).filter(([, member]) => isKept(member));
  return Object.fromEntries(members.map(([name, member]) => [name, copy(member)]));
}

function isKept(value: unknown): boolean {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';
}
