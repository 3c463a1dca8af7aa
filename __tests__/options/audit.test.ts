import { feedSink, functionSink } from '../../lib';
import { readAudit } from '../../lib/options/audit';

const told = functionSink('told', () => undefined);
const kept = functionSink('kept', () => undefined, { durable: true });

test('without sinks nothing is told, and nothing is kept', () => {
  expect(readAudit(undefined)).toEqual({ sinks: [], feed: null, relay: true, isDurable: false, isTold: false });
});

test('what any sink needs is known at once', () => {
  expect(readAudit({ sinks: [told] })).toMatchObject({ isDurable: false, isTold: true });
  expect(readAudit({ sinks: [told, kept], relay: false })).toMatchObject({
    sinks: [told, kept],
    relay: false,
    isDurable: true,
    isTold: true,
  });
  const feed = feedSink();
  expect(readAudit({ sinks: [feed] })).toMatchObject({ sinks: [], feed, isDurable: true, isTold: false });
});

const deliver = (): Promise<void> => Promise.resolve();

test.each([
  [{ sinks: {} }, /audit.sinks: expected an array/],
  [{ sinks: [null] }, /audit.sinks\[0\]: expected a sink/],
  [{ sinks: [{ name: 'a b', durable: true, deliver }] }, /audit.sinks\[0\].name: expected a word/],
  [{ sinks: [{ name: 'a', deliver }] }, /audit.sinks\[0\].durable: expected true or false/],
  [{ sinks: [{ name: 'a', durable: true }] }, /audit.sinks\[0\].deliver: expected a function/],
  [{ sinks: [{ name: 'a', durable: true, deliver, close: 1 }] }, /close: expected a function/],
  [{ sinks: [{ name: 'a', durable: true, deliver, batch: 101 }] }, /batch: expected a whole number from 1 to 100/],
  [{ sinks: [{ name: 'a', durable: true, deliver, timeout: 0 }] }, /timeout: expected a whole number from 1/],
  [{ sinks: [told, functionSink('told', deliver)] }, /audit.sinks: expected sinks of different names, got 'told'/],
  [{ sinks: Array.from({ length: 17 }, () => told) }, /at most 16 sinks/],
  [{ relay: 'no' }, /audit.relay: expected true or false/],
  [{ sink: [] }, /did you mean 'sinks'/],
])('%j is refused with the fix', (given, message) => {
  expect(() => readAudit(given)).toThrow(message);
});
