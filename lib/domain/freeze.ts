/** Freezes what is not frozen yet, all the way down. Buffers cannot be frozen. */
export function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || Buffer.isBuffer(value)) return value;
  for (const member of Object.values(value)) freeze(member);
  return Object.freeze(value);
}
