import { z } from 'zod';
import { adminApi } from '../../../lib/contract/admin-api';
import { documented } from '../../../lib/contract/documented';
import { nothing } from '../../../lib/contract/nothing';
import { operation, type Operation } from '../../../lib/contract/operation';
import type { ApiDescription } from '../../../lib/contract/openapi/api';
import { openApiDocument } from '../../../lib/contract/openapi/document';
import { sessionApi } from '../../../lib/contract/session-api';
import { adminOperations, sessionOperations } from '../../fixtures/operations';
import { lintDocument } from '../fixtures/lint-document';

jest.setTimeout(60_000);

const described = (api: ApiDescription, operations: readonly Operation[]) =>
  openApiDocument({ ...api, operations, version: '1.2.3' });

const document = described(sessionApi, sessionOperations);

const example = {
  id: 'doThis',
  method: 'GET',
  path: '/this',
  section: 'tokens',
  summary: 'Do this',
  query: nothing,
  body: undefined,
  answers: { 200: { description: 'Done.' } },
  problems: [],
  access: 'session',
} as const;

const apis = [
  { name: 'session router', api: sessionApi, operations: sessionOperations },
  { name: 'administrators’ router', api: adminApi, operations: adminOperations },
];

describe.each(apis)('the document of the $name', ({ api, operations }) => {
  const written = described(api, operations);

  test('lints clean, and is as the schema of OpenAPI 3.1 says', async () => {
    expect(await lintDocument(written)).toEqual([]);
  });

  test('has every operation, under its path and method, in a section that is described', () => {
    const sections = written.tags.map(({ name }) => name);
    for (const { id, method, path, section } of operations) {
      expect(written.paths[path]?.[method.toLowerCase()]).toMatchObject({ operationId: id, tags: [section] });
      expect(sections).toContain(section);
    }
  });
});

test('the linter does find what is wrong', async () => {
  const [first, ...rest] = sessionOperations;
  const unclear = described(sessionApi, [{ ...first!, section: 'nowhere', access: 'users:read' }, ...rest]);
  const faulty = { ...unclear, info: { title: 'no version' }, components: { schemas: unclear.components.schemas } };
  const complaints = (await lintDocument(faulty)).join('\n');
  for (const rule of ['operation-tag-defined', 'security-defined', 'schema']) expect(complaints).toContain(rule);
});

test('schemas that have a name stand there once, and are referred to', () => {
  const { Session, Device, Problem } = document.components.schemas;
  expect([Session, Device, Problem]).toEqual(Array(3).fill(expect.objectContaining({ type: 'object' })));
  expect(JSON.stringify(document)).not.toContain('$defs');
  expect(document.paths['/current']!['get']!.responses['200']!.content).toEqual({
    'application/json': { schema: { $ref: '#/components/schemas/OneSession' } },
  });
});

test('a parameter of the query says whether it is required, and what it is', () => {
  const word = z.string().register(documented, { description: 'A word.' });
  const query = z.strictObject({ word, size: z.exactOptional(z.coerce.number().int().max(9)) });
  const written = described(sessionApi, [operation({ ...example, query })]).paths['/this']!['get']!.parameters;
  expect(written).toEqual([
    { name: 'word', in: 'query', required: true, description: 'A word.', schema: { type: 'string' } },
    {
      name: 'size',
      in: 'query',
      required: false,
      schema: expect.objectContaining({ type: 'integer', maximum: 9 }) as object,
    },
  ]);
});

test('problems stand under their status, with the codes, and the headers that come with it', () => {
  const { responses } = described(sessionApi, [operation({ ...example, problems: ['not_found'] })]).paths['/this']![
    'get'
  ]!;
  expect(Object.keys(responses)).toEqual(['200', '400', '401', '404', '500', '503']);
  expect(responses['404']!.content!['application/problem+json']!.schema).toEqual({
    allOf: [
      { $ref: '#/components/schemas/Problem' },
      { properties: { status: { const: 404 }, code: { enum: ['not_found'] } } },
    ],
  });
  expect(responses['404']!.description).toContain('`not_found`');
  expect(responses['401']!.headers).toHaveProperty('WWW-Authenticate');
  expect(responses['503']!.headers).toHaveProperty('Retry-After');
});

test('an operation that is open to anyone asks for no credential, others for any that the router knows', () => {
  const securityOf = (access: Operation['access']) =>
    described(sessionApi, [operation({ ...example, access })]).paths['/this']!['get']!.security;
  expect(securityOf('anyone')).toEqual([]);
  expect(securityOf('session')).toEqual([{ accessToken: [] }]);
  expect(securityOf('users:read')).toEqual([{ accessToken: ['users:read'] }]);
});

test('two schemas of one name are refused', () => {
  const [one, other] = [z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })];
  for (const schema of [one, other]) schema.register(documented, { id: 'TheSame' });
  const answering = (path: '/a' | '/b', body: z.ZodType) =>
    operation({ ...example, id: path, path, answers: { 200: { description: 'Done.', body } } });
  expect(() => described(sessionApi, [answering('/a', one), answering('/b', other)])).toThrow('TheSame');
});
