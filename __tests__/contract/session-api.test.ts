import type { OpenApiDocument } from '../../lib/contract/openapi/types';
import { sessionOperations } from '../fixtures/operations';
import { disowningSteps } from './fixtures/disowning-steps';
import { documentedAnswers } from './fixtures/documented-answers';
import { particularAnswers } from './fixtures/session-answers';
import { call, mount, SessionScene } from './fixtures/session-scene';
import { exchangeSteps, refreshSteps, resolutionSteps } from './fixtures/sign-in-steps';
import { admissionRefusals, requestFaults } from './fixtures/usual-refusals';

jest.setTimeout(60_000);

/** What was answered in all of these tests; each answer was held to its contract when it was given (see HttpBench). */
const given = new Set<string>();

function note({ bench }: SessionScene): void {
  for (const answer of bench.contract.seen) given.add(answer);
}

const ofPeople = sessionOperations.filter(({ access }) => access === 'session');

// A bug is told to the operator, in a warning.
beforeEach(() => jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined));
afterEach(() => jest.restoreAllMocks());

test.each(ofPeople)('$id answers whoever may ask', async (operation) => {
  const scene = new SessionScene();
  const { browser, id, deviceId } = await scene.devices();
  await call(browser, operation, { id, deviceId });
  note(scene);
});

test.each(Object.entries(requestFaults))('every operation refuses %s', async (_, refuse) => {
  for (const operation of sessionOperations) note(await refuse(operation));
});

test.each(Object.entries(admissionRefusals))('operations for people refuse %s', async (_, refuse) => {
  for (const operation of ofPeople) note(await refuse(operation));
});

const steps = { ...particularAnswers, ...refreshSteps };

test.each(Object.entries(steps))('%s', async (_, step) => note(await step()));

test.each(Object.entries(resolutionSteps))('limit resolution: %s', async (_, step) => note(await step()));

test.each(Object.entries(exchangeSteps))('exchange: %s', async (_, step) => note(await step()));

test.each(Object.entries(disowningSteps))('links of "this wasn’t me": %s', async (_, step) => note(await step()));

test('every answer that the document promises was given in the tests above', async () => {
  const scene = new SessionScene();
  const { body } = await scene.bench.browser().get(`${mount}/openapi.json`).expect(200);
  const promised = documentedAnswers(body as OpenApiDocument);
  expect(promised.length).toBeGreaterThan(100);
  expect(promised.filter((answer) => !given.has(answer))).toEqual([]);
});
