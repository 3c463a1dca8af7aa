import { z } from 'zod';
import { oauthError } from '../../../lib/contract/oauth-error';
import type { Operation } from '../../../lib/contract/operation';
import { problem } from '../../../lib/contract/problem';
import { adminScopes } from '../../../lib/domain/admin-scope';
import type { Answer } from '../fixtures/browser';
import { express5, frameworks } from '../fixtures/frameworks';
import { AdminBench, methodOf, pathOf } from './fixtures/admin-bench';
import { adminOperations, withBody } from './fixtures/sample-calls';

const routes = adminOperations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const);
const jsonRoutes = routes.filter(([, { encoding }]) => encoding !== 'form');
const withJsonBody = jsonRoutes.filter(([, { body }]) => body);
const admitted = { browsers: 'admitted' } as const;

// What each of them cannot do without.
const verbs: Readonly<Record<string, Parameters<AdminBench['store']['failNext']>[0]>> = {
  listUserSessions: 'list',
  endUserSessions: 'revokeAll',
  showUserSession: 'find',
  endUserSession: 'revoke',
  showUserLimit: 'findLimit',
  setUserLimit: 'setLimit',
  clearUserLimit: 'setLimit',
  showAccountLock: 'findCounters',
  unlockAccount: 'reset',
  findSession: 'find',
  endAnySession: 'revoke',
  countSessions: 'survey',
  endFleet: 'survey',
  showFleetEnding: 'findFleetEnding',
  startImpersonation: 'create',
  stopImpersonation: 'find',
  issueOneTimeToken: 'putOneTime',
  showUserHistory: 'history',
  showAccountHistory: 'history',
  showAccessLog: 'accessLog',
};

let bench: AdminBench;
afterEach(() => bench.sessions.close());

function expectProtected(answer: Answer): void {
  expect(answer.get('Cache-Control')).toBe('no-store');
  expect(answer.get('X-Content-Type-Options')).toBe('nosniff');
  expect(answer.get('Set-Cookie')).toBeUndefined();
}

/** As each route refuses: with a problem, or as the RFCs of its own say. */
function expectRefusal(operation: Operation, answer: Answer): void {
  if (operation.encoding === 'form') oauthError.parse(answer.body);
  else expect(problem.parse(answer.body).status).toBe(answer.status);
  expectProtected(answer);
}

describe.each(routes)('%s', (_, operation) => {
  const method = methodOf(operation);
  const path = pathOf(operation);

  test.each(frameworks)('A51 A52 A54: refuses strangers with the bare challenge on $name', async (framework) => {
    bench = new AdminBench({ framework });
    const answer = await withBody(operation, bench.callFreely(method, path)).expect(401);
    expectRefusal(operation, answer);
    expect(answer.get('WWW-Authenticate')).toMatch(/^Bearer realm="sessionkeeper"(?!, error)/);
  });

  test('C-admin: is done with its own scope alone, and with no other', async () => {
    bench = new AdminBench();
    for (const scope of adminScopes) {
      const answer = await withBody(operation, bench.callWith(scope, method, path));
      if (scope === operation.access) {
        expect([200, 201, 202, 204, 404]).toContain(answer.status);
        expectProtected(answer);
      } else {
        expect([scope, answer.status]).toEqual([scope, 403]);
        expectRefusal(operation, answer);
        expect(answer.get('WWW-Authenticate')).toContain(`scope="${operation.access}"`);
      }
    }
    const answer = await withBody(operation, bench.callWithout(operation.access as never, method, path)).expect(
      403,
    );
    expectRefusal(operation, answer);
  });

  test('answers what its operation says', async () => {
    bench = new AdminBench();
    const answer = await withBody(operation, bench.call(method, path));
    const contract = operation.answers[answer.status];
    if (!contract) expect(operation.problems).toContain(problem.parse(answer.body).code);
    else if (answer.text) expect(z.safeParse(contract.body ?? z.never(), answer.body).success).toBe(true);
    else expect([200, 204]).toContain(answer.status);
  });

  test('A48: no answer has a CORS header, whatever the Origin, and a preflight neither', async () => {
    for (const admin of [{}, admitted]) {
      bench = new AdminBench({ admin });
      for (const Origin of ['https://evil.example', 'null']) {
        const headers = { Origin, 'Access-Control-Request-Method': operation.method };
        const answers = [
          await withBody(operation, bench.call(method, path, headers)),
          await bench.call('options', path, headers),
          await bench.callFreely('options', path, headers),
          await bench.callFreely(method, path, headers),
        ];
        for (const answer of answers) {
          expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
          expectProtected(answer);
        }
      }
    }
  });

  test('is refused to browsers, unless the app admits them', async () => {
    bench = new AdminBench();
    const headers = { 'Sec-Fetch-Site': 'same-origin' };
    expectRefusal(operation, await withBody(operation, bench.call(method, path, headers)).expect(403));
    const open = new AdminBench({ admin: admitted });
    expect((await withBody(operation, open.call(method, path, headers))).status).not.toBe(403);
    await open.sessions.close();
  });

  test('A55: a method that its path does not have is told those that it has', async () => {
    bench = new AdminBench();
    const answer = await bench.call('patch', path).expect(405);
    expect(problem.parse(answer.body).code).toBe('method_not_allowed');
    expect(answer.get('Allow')).toMatch(new RegExp(`\\b${operation.method}\\b.*\\bOPTIONS$`));
    expectProtected(answer);
  });

  test('B2 A32 A55: a store that is down is 503, and says when to try again', async () => {
    bench = new AdminBench();
    const verb = verbs[operation.id];
    for (const failing of verb === undefined ? (['logAccess'] as const) : ([verb, 'logAccess'] as const)) {
      bench.store.failNext(failing);
      const answer = await withBody(operation, bench.call(method, path)).expect(503);
      expectRefusal(operation, answer);
      expect(answer.get('Retry-After')).toMatch(/^\d+$/);
    }
  });
});

// Those of the RFCs ignore what they do not know (RFC 6749 section 3.2), and take nothing of what counts from the query.
describe.each(jsonRoutes)('the query of %s', (_, operation) => {
  const method = methodOf(operation);
  const path = pathOf(operation);
  beforeEach(() => (bench = new AdminBench()));

  test('A49 A53 A57: with a parameter that it does not know is refused, and named', async () => {
    for (const name of ['unknown', '__proto__', 'constructor', 'access_token']) {
      const answer = await withBody(operation, bench.call(method, `${path}?${name}=1`)).expect(400);
      expectRefusal(operation, answer);
      expect(answer.text).toContain(name);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe.each(withJsonBody)('the body of %s', (_, operation) => {
  const method = methodOf(operation);
  const path = pathOf(operation);
  beforeEach(() => (bench = new AdminBench({ framework: express5 })));

  test('A45: is JSON', async () => {
    const headers = { 'Content-Type': 'text/plain' };
    const answer = await bench.call(method, path, headers).send('{}').expect(415);
    expectRefusal(operation, answer);
  });

  test('A57 B26: with a member that it does not know is refused, and named', async () => {
    for (const name of ['unknown', '__proto__', 'constructor']) {
      const headers = { 'Content-Type': 'application/json' };
      const answer = await bench.call(method, path, headers).send(`{"${name}":{"scopes":[]}}`).expect(400);
      expectRefusal(operation, answer);
      expect(answer.body).toMatchObject({ code: 'request_invalid', field: name });
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('A53: that is none is refused', async () => {
    const headers = { 'Content-Type': 'application/json' };
    for (const body of ['', '{', '[]', 'null', '7', '"x"', '{}']) {
      expectRefusal(operation, await bench.call(method, path, headers).send(body).expect(400));
    }
    const huge = JSON.stringify({ reason: 'x'.repeat(70_000) });
    expectRefusal(operation, await bench.call(method, path, headers).send(huge).expect(413));
  });
});

test('each operation has an id and a place of its own', () => {
  const places = adminOperations.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`);
  expect(new Set(places).size).toBe(adminOperations.length);
  expect(new Set(adminOperations.map(({ id }) => id)).size).toBe(adminOperations.length);
  for (const { path, parameters = {} } of adminOperations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(parameters)).toEqual(named);
  }
  bench = new AdminBench();
});
