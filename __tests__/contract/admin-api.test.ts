import { MemoryStore } from '../../lib';
import type { Operation } from '../../lib/contract/operation';
import type { OpenApiDocument } from '../../lib/contract/openapi/types';
import { adminScopes } from '../../lib/domain/admin-scope';
import { adminOperations } from '../fixtures/operations';
import { RiskDial } from '../fixtures/risk-dial';
import { AdminBench, methodOf, pathOf, rootSecret } from '../http/admin/fixtures/admin-bench';
import { withBody } from '../http/admin/fixtures/sample-calls';
import { adminSteps } from './fixtures/admin-steps';
import { documentedAnswers } from './fixtures/documented-answers';
import { failingStore } from './fixtures/failing-store';

jest.setTimeout(120_000);

type Refusal = (operation: Operation) => Promise<AdminBench>;
type Layout = ConstructorParameters<typeof AdminBench>[0];

/** What was answered in all of these tests; each answer was held to its contract when it was given (see AdminBench). */
const given = new Set<string>();

async function note(bench: AdminBench): Promise<void> {
  for (const answer of bench.contract.seen) given.add(answer);
  await bench.sessions.close();
}

/** A call of whoever may do everything, with these headers as well. */
async function call(operation: Operation, headers: Record<string, string> = {}, layout: Layout = {}) {
  const bench = new AdminBench(layout);
  await withBody(operation, bench.call(methodOf(operation), pathOf(operation), headers));
  return bench;
}

/** A call without an API secret, which the app has to judge. */
async function callApp(operation: Operation, layout: Layout, headers: Record<string, string> = {}) {
  const bench = new AdminBench(layout);
  await withBody(operation, bench.callFreely(methodOf(operation), pathOf(operation), headers));
  return bench;
}

const operator = { id: 'operator', scopes: adminScopes };
const crossSite = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://elsewhere.example', Cookie: 'sid=1' };

const refusals: Readonly<Record<string, Refusal>> = {
  'no credential': (operation) => callApp(operation, {}),
  'two credentials': (operation) => {
    const twice = [`Bearer ${rootSecret}`, `Bearer ${rootSecret}`] as unknown as string;
    return call(operation, { Authorization: twice });
  },
  async 'a secret without the scope'(operation) {
    const bench = new AdminBench();
    const [method, path] = [methodOf(operation), pathOf(operation)];
    await withBody(operation, bench.callWithout(operation.access as 'users:read', method, path));
    return bench;
  },
  browsers: (operation) => call(operation, { 'Sec-Fetch-Site': 'same-origin' }),
  'another site': (operation) =>
    callApp(operation, { admin: { browsers: 'admitted', authorize: () => operator } }, crossSite),
  'an app that cannot tell who calls': (operation) => {
    const authorize = () => Promise.reject(new Error('the database is down'));
    return callApp(operation, { admin: { authorize } });
  },
  async 'an administrator within an impersonated session'(operation) {
    const actor: { id: string; scopes: typeof adminScopes; sessionId?: string } = { ...operator };
    const bench = new AdminBench({ admin: { authorize: () => actor } });
    const outcome = await bench.sessions.impersonation.start({
      actor: operator,
      userId: 'alice',
      reason: 'a test',
    });
    if (outcome.status !== 'started') throw new Error(outcome.status);
    actor.sessionId = outcome.session.id;
    await withBody(operation, bench.callFreely(methodOf(operation), pathOf(operation)));
    return bench;
  },
  async 'an administrator whose own session is over'(operation) {
    const actor = { ...operator, sessionId: crypto.randomUUID() };
    const bench = new AdminBench({ admin: { authorize: () => actor } });
    await withBody(operation, bench.callFreely(methodOf(operation), pathOf(operation)));
    return bench;
  },
  async 'an administrator whose own session owes a fresh login'(operation) {
    const actor: { id: string; scopes: typeof adminScopes; sessionId?: string } = { ...operator };
    const dial = new RiskDial();
    dial.level = 'high';
    const bench = new AdminBench({ admin: { authorize: () => actor }, options: { risk: dial.options() } });
    const outcome = await bench.sessions.create({ userId: 'operator' });
    if (outcome.status !== 'created') throw new Error(outcome.status);
    actor.sessionId = outcome.session.id;
    await withBody(operation, bench.callFreely(methodOf(operation), pathOf(operation)));
    return bench;
  },
  async 'a parameter that it does not know'(operation) {
    const bench = new AdminBench();
    await withBody(operation, bench.call(methodOf(operation), `${pathOf(operation)}?unknown=1`));
    return bench;
  },
  async 'a body of another type, or one that is too large'(operation) {
    const bench = new AdminBench();
    const [method, path] = [methodOf(operation), pathOf(operation)];
    await bench.call(method, path, { 'Content-Type': 'text/plain' }).send('text');
    const type = operation.encoding === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
    await bench.call(method, path, { 'Content-Type': type }).send(`"${'x'.repeat(70_000)}"`);
    return bench;
  },
  'a store that does not answer': (operation) => callFailing(operation, 'down'),
  'a bug': (operation) => callFailing(operation, 'broken'),
};

async function callFailing(operation: Operation, state: 'down' | 'broken'): Promise<AdminBench> {
  const store = failingStore(new MemoryStore());
  const bench = new AdminBench({ store: store.port });
  store.state = state;
  await withBody(operation, bench.call(methodOf(operation), pathOf(operation)));
  return bench;
}

// A bug is told to the operator, in a warning.
beforeEach(() => jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined));
afterEach(() => jest.restoreAllMocks());

test.each(Object.entries(refusals))('every operation refuses %s', async (_, refuse) => {
  for (const operation of adminOperations) await note(await refuse(operation));
});

test('every operation refuses whoever was refused too often', async () => {
  const bench = new AdminBench();
  const wrong = { Authorization: 'Bearer wrong' };
  let status = 0;
  for (let calls = 0; status !== 429 && calls < 1_000; calls++) {
    ({ status } = await bench.callFreely('get', '/nowhere', wrong));
  }
  for (const operation of adminOperations) {
    await withBody(operation, bench.callFreely(methodOf(operation), pathOf(operation), wrong));
  }
  await note(bench);
});

test.each(adminOperations)('$id answers whoever may ask', async (operation) => note(await call(operation)));

test.each(Object.entries(adminSteps))('%s', async (_, step) => note(await step()));

test('every answer that the document promises was given in the tests above', async () => {
  const bench = new AdminBench();
  const { body } = await bench.call('get', '/openapi.json').expect(200);
  await bench.sessions.close();
  const promised = documentedAnswers(body as OpenApiDocument);
  expect(promised.length).toBeGreaterThan(200);
  expect(promised.filter((answer) => !given.has(answer))).toEqual([]);
});
