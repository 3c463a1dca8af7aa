import { importsOfLib, type Import, layerOf } from './import-graph';

/** What each layer may import. Imports point inward: a layer that is not listed is out of reach. */
const reach: Record<string, readonly string[]> = {
  domain: [],
  tokens: ['domain'],
  policies: ['tokens', 'domain'],
  events: ['domain'],
  device: ['options', 'domain'],
  contract: ['domain'],
  store: ['domain'],
  conformance: ['store', 'tokens', 'domain'],
  stores: ['store', 'options', 'domain'],
  options: ['store', 'domain'],
  'near-cache': ['store', 'domain'],
  'use-cases': ['near-cache', 'policies', 'tokens', 'store', 'device', 'events', 'options', 'domain'],
  sinks: ['options', 'domain'],
  telemetry: ['events', 'options', 'domain'],
  'session-namespaces': ['use-cases', 'options', 'stores', 'domain'],
  'session-manager': [
    ...[
      'session-namespaces',
      'telemetry',
      'use-cases',
      'options',
      'stores',
      'store',
      'events',
      'device',
      'tokens',
      'domain',
    ],
  ],
  http: ['session-manager', 'use-cases', 'options', 'contract', 'tokens', 'events', 'device', 'domain'],
  types: ['http', 'session-manager', 'domain'],
  cli: ['tokens', 'options', 'domain'],
};

const imports = importsOfLib();
const inside = imports.filter(({ to }) => to.startsWith('lib/'));
const atRunTime = inside.filter(({ typeOnly }) => !typeOnly);
const outside = imports.filter(({ to }) => !to.startsWith('lib/'));

test('imports point inward', () => {
  const against = inside.filter(({ from, to }) => {
    const [source, target] = [layerOf(from), layerOf(to)];
    return source !== 'index' && source !== target && reach[source]?.includes(target) !== true;
  });
  expect(against.map(shown)).toEqual([]);
});

test('every folder of lib has its place in the direction of imports', () => {
  const layers = new Set(imports.map(({ from }) => layerOf(from)));
  expect([...layers].filter((layer) => layer !== 'index' && reach[layer] === undefined)).toEqual([]);
});

test('a store knows no other store', () => {
  const across = inside.filter(({ from, to }) => {
    const [source, target] = [storeOf(from), storeOf(to)];
    return source !== undefined && target !== undefined && source !== target;
  });
  expect(across.map(shown)).toEqual([]);
});

test('only http knows Express and Connect, as types of its peers; only the redis store knows ioredis', () => {
  const misplaced = outside.filter(
    ({ from, to }) =>
      ['express', 'connect'].includes(to) || (to.startsWith('ioredis') && !from.startsWith('lib/stores/redis/')),
  );
  expect(misplaced.map(shown)).toEqual([]);
});

test('no import that is left at run time goes in a circle', () => {
  expect(circles()).toEqual([]);
});

function circles(): string[] {
  const finished = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (path.includes(file) || finished.has(file)) return;
    for (const { from, to } of atRunTime) if (from === file) visit(to, [...path, file]);
    finished.add(file);
  };
  for (const { from } of atRunTime) visit(from, []);
  return found;
}

/** `redis` for a file of the redis store; none for one that stands beside the stores. */
function storeOf(path: string): string | undefined {
  return /^lib\/stores\/([^/]+)\//.exec(path)?.[1];
}

function shown({ from, to }: Import): string {
  return `${from} -> ${to}`;
}
