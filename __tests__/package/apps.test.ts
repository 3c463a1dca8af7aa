import { type Consumer, install } from './consumer';

jest.setTimeout(180_000);

const seen = {
  before: { status: 401, code: 'no_session' },
  login: { status: 200 },
  me: { status: 200, userId: 'alice' },
  list: { status: 200, count: 1 },
};

describe.each([
  { name: 'Express 5', framework: 'express', source: 'express', app: 'express-app.cjs' },
  { name: 'Express 4', framework: 'express', source: 'express4', app: 'express-app.cjs' },
  { name: 'Connect', framework: 'connect', source: 'connect', app: 'connect-app.cjs' },
])('an app on $name that has installed the package', ({ framework, source, app }) => {
  let consumer: Consumer;

  beforeAll(async () => {
    consumer = await install({ [framework]: source });
    consumer.copy(app, 'app.cjs');
    consumer.copy('visit.cjs');
    consumer.write('esm.mjs', esm(framework));
    consumer.write('cjs.cjs', cjs(framework));
  });

  test.each(['esm.mjs', 'cjs.cjs'])('signs in over HTTP through %s', async (entry) => {
    expect(JSON.parse(await consumer.node(entry))).toEqual(seen);
  });

  test('needs no ioredis for the memory store', () => {
    expect(consumer.has('ioredis')).toBe(false);
  });
});

const esm = (framework: string): string => `
  import framework from '${framework}';
  import * as keeper from 'sessionkeeper';
  import app from './app.cjs';
  import visit from './visit.cjs';
  await import('sessionkeeper/types');
  await visit(app(framework, keeper));
`;

const cjs = (framework: string): string => `
  require('sessionkeeper/types');
  require('./visit.cjs')(require('./app.cjs')(require('${framework}'), require('sessionkeeper')));
`;
