import { userKey } from '../../../lib/domain/session-id';
import { Emitter } from '../../../lib/events/emitter';
import { auditEntry } from '../../../lib/store/conformance/endings';
import type { Letter } from '../../../lib/store/outbox';
import { Outlet } from '../../../lib/use-cases/relay/outlet';

const never = new AbortController().signal;

function letter(): Letter {
  return {
    id: 'one',
    entry: auditEntry('session_created', 1, null),
    userId: userKey('alice'),
    sink: null,
    attempts: 0,
  };
}

test('A67 a trial call that a lost lease cuts short does not keep the sink from being tried again', async () => {
  let now = 0;
  let act: () => Promise<readonly never[]> = () => Promise.reject(new Error('down'));
  let calls = 0;
  const destination = {
    name: 'first',
    batch: 10,
    deliver() {
      calls += 1;
      return act();
    },
  };
  const outlet = new Outlet(destination, { events: new Emitter(), monotonic: () => now, closing: never });
  for (let failure = 0; failure < 3; failure += 1) await outlet.deliver([letter()], never);
  now += 6_000;
  const cut = new AbortController();
  act = () => {
    cut.abort();
    return Promise.reject(new Error('stopped'));
  };
  await outlet.deliver([letter()], cut.signal);
  act = () => Promise.resolve([]);
  expect(await outlet.deliver([letter()], never)).toEqual([]);
  expect(calls).toBe(5);
});
