import { functionSink } from '../../lib';
import { entryOf } from './fixtures/entries';

const { signal } = new AbortController();

test('the function is called with the entries and the signal, and what it gives is the outcome', async () => {
  const calls: unknown[] = [];
  const result = { failed: [{ id: 'AAAAAAAAAAA', because: 'no room' }] };
  const sink = functionSink('pipeline', (...given) => {
    calls.push(given);
    return result;
  });
  expect(await sink.deliver([entryOf()], signal)).toBe(result);
  expect(calls).toEqual([[[entryOf()], signal]]);
});

test('a function that throws rejects', async () => {
  const sink = functionSink('pipeline', () => {
    throw new Error('away');
  });
  await expect(sink.deliver([entryOf()], signal)).rejects.toThrow('away');
});

test('it is told from memory unless it asks for the store', () => {
  expect(functionSink('pipeline', () => undefined)).toMatchObject({ name: 'pipeline', durable: false });
  expect(functionSink('pipeline', () => undefined, { durable: true, batch: 7 })).toMatchObject({
    durable: true,
    batch: 7,
  });
});

test('unknown options are refused', () => {
  expect(() => functionSink('pipeline', () => undefined, { durabel: true } as never)).toThrow(
    /did you mean 'durable'/,
  );
  expect(() => functionSink('pipeline', 'no' as never)).toThrow(/expected a function/);
});
