/** A method of the manager or of one of its namespaces. */
export interface ManagerMethod {
  readonly owner: object;
  readonly name: string;
  /** With the namespace it stands in: `verify`, `limits.set`. */
  readonly operation: string;
}

/** Every method of a manager and of its namespaces: what is an instance of a class, which the settings are not. */
export function methodsOf(manager: object): ManagerMethod[] {
  const namespaces = Object.entries(manager).filter(([, value]) => isInstance(value)) as [string, object][];
  return [
    ...namesIn(manager).map((name) => ({ owner: manager, name, operation: name })),
    ...namespaces.flatMap(([namespace, owner]) =>
      namesIn(owner).map((name) => ({ owner, name, operation: `${namespace}.${name}` })),
    ),
  ];
}

function isInstance(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== Object.prototype && prototype !== null;
}

function namesIn(owner: object): string[] {
  const names = new Set<string>();
  for (
    let prototype = Object.getPrototypeOf(owner) as object | null;
    prototype !== null && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype) as object | null
  ) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (name !== 'constructor' && typeof value === 'function') names.add(name);
    }
  }
  return [...names];
}
