import { Rest } from '../../../lib/use-cases/relay/rest';

let now = 0;
let rest: Rest;

beforeEach(() => {
  now = 0;
  rest = new Rest(() => now);
});

test('a sink is spared after three failures in a row, and tried by one call at a time', () => {
  for (let failure = 0; failure < 2; failure += 1) rest.failed(false);
  expect(rest.mayCall()).toBe(true);
  rest.failed(false);
  expect(rest.mayCall()).toBe(false);
  now = 4_999;
  expect(rest.mayCall()).toBe(false);
  now = 5_000;
  expect([rest.mayCall(), rest.mayCall()]).toEqual([true, false]);
});

test('a success in between begins anew, and one ends it', () => {
  rest.failed(false);
  rest.failed(false);
  rest.succeeded();
  rest.failed(false);
  rest.failed(false);
  expect(rest.mayCall()).toBe(true);
  rest.failed(true);
  now = 5_000;
  expect(rest.mayCall()).toBe(true);
  rest.succeeded();
  expect([rest.mayCall(), rest.mayCall()]).toEqual([true, true]);
});

test('one that does not answer is spared at once, and longer each time, up to a minute', () => {
  rest.failed(true);
  const pauses = [5_000, 10_000, 20_000, 40_000, 60_000, 60_000];
  for (const pause of pauses) {
    now += pause - 1;
    expect(rest.mayCall()).toBe(false);
    now += 1;
    expect(rest.mayCall()).toBe(true);
    rest.failed(true);
  }
});
