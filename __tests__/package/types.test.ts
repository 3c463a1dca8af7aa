import { resolve } from 'node:path';
import { type Consumer, install } from './consumer';

jest.setTimeout(180_000);

const compiler = resolve(__dirname, '../../node_modules/typescript/bin/tsc');

const strict = {
  target: 'ES2023',
  strict: true,
  noEmit: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  esModuleInterop: true,
  types: ['node'],
};

const resolutions = [
  { resolution: 'node16', module: 'node16', files: ['app.ts', 'app.cts', 'conformance.ts'] },
  { resolution: 'bundler', module: 'esnext', files: ['app.ts', 'conformance.ts'] },
];

/** Compiles, and gives what the compiler has to say: nothing when all is well. */
async function complaints(consumer: Consumer, options: object, files: readonly string[]): Promise<string> {
  consumer.write('tsconfig.json', JSON.stringify({ compilerOptions: { ...strict, ...options }, files }));
  return consumer.node(compiler, '-p', '.');
}

describe.each([
  { name: 'Express 5', express: 'express', types: '@types/express' },
  { name: 'Express 4', express: 'express4', types: '@types/express4' },
])('a strict TypeScript app on $name', ({ express, types }) => {
  let consumer: Consumer;

  beforeAll(async () => {
    consumer = await install({ express, '@types/express': types, '@types/node': '@types/node' });
    consumer.copy('typed-app.ts', 'app.ts');
    consumer.copy('typed-app.ts', 'app.cts');
    consumer.write('conformance.ts', "export * as conformance from 'sessionkeeper/store-conformance';\n");
  });

  // Without skipLibCheck: the declarations themselves must hold where ioredis is not installed.
  test.each(resolutions)('compiles with moduleResolution $resolution', async ({ resolution, module, files }) => {
    const options = { module, moduleResolution: resolution, skipLibCheck: false };
    expect(await complaints(consumer, options, files)).toBe('');
  });
});

describe.each(['ioredis', 'ioredis6'])('a strict TypeScript app that brings its own %s client', (ioredis) => {
  test('compiles', async () => {
    const consumer = await install({ ioredis, '@types/node': '@types/node' });
    consumer.copy('typed-redis.ts', 'redis.ts');
    const options = { module: 'node16', moduleResolution: 'node16', skipLibCheck: true };
    expect(await complaints(consumer, options, ['redis.ts'])).toBe('');
  });
});
