/** Of the app's JSON on a session only these keys. */
export function exposedData(data: object, keys: readonly string[]): Record<string, unknown> {
  const shown = keys.filter((key) => Object.hasOwn(data, key));
  return Object.fromEntries(shown.map((key) => [key, (data as Record<string, unknown>)[key]]));
}
