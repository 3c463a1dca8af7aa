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
    consumer.write('docs.mjs', docs(framework));
  });

  test.each(['esm.mjs', 'cjs.cjs'])('signs in over HTTP through %s', async (entry) => {
    expect(JSON.parse(await consumer.node(entry))).toEqual(seen);
  });

  test('needs no ioredis for the memory store', () => {
    expect(consumer.has('ioredis')).toBe(false);
  });

  test('needs no swagger-ui-dist but for the page, which names the command to install it', async () => {
    expect(consumer.has('swagger-ui-dist')).toBe(false);
    const [document, page] = JSON.parse(await consumer.node('docs.mjs')) as [object, { detail: string }];
    expect(document).toMatchObject({ status: 200, openapi: '3.1.1' });
    expect(page).toMatchObject({ status: 404, code: 'not_found' });
    expect(page.detail).toContain('npm install swagger-ui-dist');
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

const docs = (framework: string): string => `
  import { createServer } from 'node:http';
  import framework from '${framework}';
  import * as keeper from 'sessionkeeper';
  import app from './app.cjs';
  const server = createServer(app(framework, keeper));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = 'http://127.0.0.1:' + server.address().port + '/api/v1/sessions';
  const answers = [];
  for (const path of ${JSON.stringify(['/openapi.json', '/docs'])}) {
    const answer = await fetch(base + path);
    answers.push({ ...(await answer.json()), status: answer.status });
  }
  console.log(JSON.stringify(answers));
  server.closeAllConnections();
  server.close();
`;

test('with swagger-ui-dist installed the page is there, from ES modules and from CommonJS', async () => {
  const consumer = await install({ express: 'express', 'swagger-ui-dist': 'swagger-ui-dist' });
  consumer.copy('express-app.cjs', 'app.cjs');
  consumer.copy('page.cjs', 'visit.cjs');
  consumer.write('esm.mjs', esm('express'));
  consumer.write('cjs.cjs', cjs('express'));
  for (const entry of ['esm.mjs', 'cjs.cjs']) {
    expect(JSON.parse(await consumer.node(entry))).toEqual({ page: 200, script: 200 });
  }
});
