import type { Endpoint } from './endpoint';

/** A path with its parameters in braces, and what can be done there. */
interface Place<Context extends object> {
  readonly segments: readonly string[];
  readonly methods: Map<string, Endpoint<Context>>;
}

/** Where a path leads. */
export interface Found<Context extends object> {
  readonly methods: ReadonlyMap<string, Endpoint<Context>>;
  readonly params: Readonly<Record<string, string>>;
}

const parameter = /^\{(\w+)\}$/;

/** The endpoints of a router by their paths; a segment that is spelled out comes before a parameter. */
export class Places<Context extends object> {
  readonly #places: readonly Place<Context>[];

  constructor(endpoints: readonly Endpoint<Context>[]) {
    const places = new Map<string, Place<Context>>();
    for (const endpoint of endpoints) {
      const { path, method } = endpoint.operation;
      const place = places.get(path) ?? { segments: segmentsOf(path), methods: new Map() };
      places.set(path, place);
      place.methods.set(method, endpoint);
      // HEAD is GET; node:http leaves the body out.
      if (method === 'GET') place.methods.set('HEAD', endpoint);
    }
    this.#places = [...places.values()].sort((a, b) => parametersIn(a) - parametersIn(b));
  }

  /** undefined for a path that leads nowhere. */
  find(path: string): Found<Context> | undefined {
    const segments = segmentsOf(path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path);
    for (const place of this.#places) {
      const params = match(place.segments, segments);
      if (params) return { methods: place.methods, params };
    }
    return undefined;
  }
}

/** The `Allow` header of a place. */
export function allowedAt({ methods }: Found<never>): string {
  return [...methods.keys(), 'OPTIONS'].join(', ');
}

function segmentsOf(path: string): readonly string[] {
  return path.slice(1).split('/');
}

function parametersIn({ segments }: Place<never>): number {
  return segments.filter((segment) => parameter.test(segment)).length;
}

function match(
  pattern: readonly string[],
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index]!;
    const name = parameter.exec(expected)?.[1];
    if (name === undefined) {
      if (segment !== expected) return undefined;
      continue;
    }
    const value = decode(segment);
    if (!value) return undefined;
    params[name] = value;
  }
  return params;
}

/** undefined for what is no percent-encoded UTF-8: it names nothing. */
function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
