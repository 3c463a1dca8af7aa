import { type SessionEventName, sessionEventNames } from '../../lib/events/catalogue';
import { carriedBy } from '../repo/event-source';
import { type HeardEvent, listenTo, SessionBench } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';
import { waitUntil } from '../harness/wait-until';
import { deeds } from './deeds';

jest.setTimeout(60_000);

// What each store does about it is tested beside it; here, that each event is there to be heard.
const memory = storeKinds[0]!;
const carried = carriedBy('lib/events/catalogue.ts', 'SessionEvents');

test.each(sessionEventNames)('%s can be heard, and carries what its type says', async (name: SessionEventName) => {
  const bench = new SessionBench(memory);
  const { options = {}, happen } = deeds[name];
  const sessions = bench.open(options);
  const heard: HeardEvent[] = listenTo(sessions);
  await happen(sessions, bench);
  const found = (): HeardEvent | undefined => heard.find((one) => one.name === name);
  await waitUntil(`${name} is heard`, () => found() !== undefined, 15_000);
  expect(Object.keys(found()!.event).sort()).toEqual(carried[name]);
  await sessions.close();
  await bench.close();
});
