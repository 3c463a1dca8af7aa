import { feedSink } from '../../lib';

test('the feed is a durable sink of its own name', () => {
  expect(feedSink()).toEqual({ name: 'feed', durable: true, maxEntries: 100_000 });
  expect(feedSink({ maxEntries: 100 }).maxEntries).toBe(100);
});

test.each([0, 99, 1.5, 10_000_001, '1000'])('%p entries are refused', (maxEntries) => {
  expect(() => feedSink({ maxEntries } as never)).toThrow(/feedSink.maxEntries: expected a whole number from 100/);
});
