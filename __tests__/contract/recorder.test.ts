import { createServer } from 'node:http';
import request from 'supertest';
import { z } from 'zod';
import { nothing } from '../../lib/contract/nothing';
import { operation } from '../../lib/contract/operation';
import { SessionError } from '../../lib/domain/error';
import type { Answer, Endpoint } from '../../lib/http/router/endpoint';
import { Router } from '../../lib/http/router/router';
import { ContractRecorder } from '../http/fixtures/contract-recorder';

const readThing = operation({
  id: 'readThing',
  method: 'GET',
  path: '/thing',
  section: 'things',
  summary: 'A thing',
  query: nothing,
  body: undefined,
  answers: {
    200: { description: 'It.', body: z.strictObject({ name: z.string() }) },
    204: { description: 'None.' },
  },
  problems: ['not_found'],
  access: 'anyone',
});

/** What is said against an endpoint that answers so, and what was seen of it. */
async function heard(answer: () => Answer, path = '/thing', method: 'get' | 'post' | 'options' = 'get') {
  const complaints: string[] = [];
  const recorder = new ContractRecorder((complaint) => complaints.push(complaint));
  const endpoint: Endpoint<object> = { operation: readThing, answer: async () => answer() };
  const router = new Router('test', [endpoint], (_, proceed) => proceed({}));
  const recorded = recorder.around((req, res) => void router.serve(req, res), [readThing]);
  await request(createServer((req, res) => recorded(req, res, () => undefined)))[method](path);
  return { complaints, seen: [...recorder.seen] };
}

const thing = { status: 200, body: { name: 'a' } };

function refuse(code: ConstructorParameters<typeof SessionError>[0]): never {
  throw new SessionError(code);
}

test('has nothing to say against what is documented', async () => {
  expect(await heard(() => thing)).toEqual({ complaints: [], seen: ['readThing 200'] });
  expect(await heard(() => ({ status: 204 }))).toEqual({ complaints: [], seen: ['readThing 204'] });
  expect(await heard(() => refuse('not_found'))).toEqual({ complaints: [], seen: ['readThing 404 not_found'] });
  expect((await heard(() => thing, '/nowhere')).complaints).toEqual([]);
  expect((await heard(() => thing, '/thing', 'post')).complaints).toEqual([]);
  expect((await heard(() => thing, '/thing', 'options')).complaints).toEqual([]);
});

test.each<[string, () => Answer, string]>([
  [
    'an undocumented status',
    () => ({ ...thing, status: 201 }),
    '201 application/json; charset=utf-8 is not documented',
  ],
  ['an undocumented code', () => refuse('csrf_refused'), '403 csrf_refused is not documented'],
  ['a member too many', () => ({ status: 200, body: { name: 'a', secret: 1 } }), 'secret'],
  ['a member of another type', () => ({ status: 200, body: { name: 1 } }), 'expected string'],
  ['an empty body where there is one', () => ({ status: 200 }), '200 is , not application/json'],
  ['a body where there is none', () => ({ ...thing, status: 204 }), '204 has a body'],
  [
    'another type of content',
    () => ({ status: 200, content: { type: 'text/html', bytes: Buffer.from('{}') } }),
    '200 is text/html',
  ],
])('tells of %s', async (_, answer, complaint) => {
  expect((await heard(answer)).complaints).toEqual([expect.stringContaining(complaint)]);
});

test.each(['Cache-Control', 'X-Content-Type-Options', 'WWW-Authenticate'])(
  'tells where %s is missing',
  async (name) => {
    const complaints: string[] = [];
    const recorder = new ContractRecorder((complaint) => complaints.push(complaint));
    const server = createServer((req, res) => {
      const router = recorder.around(
        (_req, answer) => {
          const headers = {
            'Cache-Control': 'no-store',
            'X-Content-Type-Options': 'nosniff',
            'WWW-Authenticate': 'Bearer',
          };
          for (const [header, value] of Object.entries(headers))
            if (header !== name) answer.setHeader(header, value);
          answer.statusCode = 401;
          answer.end();
        },
        [readThing],
      );
      router(req, res, () => undefined);
    });
    await request(server).get('/thing');
    expect(complaints).toHaveLength(2);
  },
);
