import { readGeo } from '../../lib/options/geo';
import { refusalOf } from '../fixtures/refusal-of';

const resolver = { resolve: () => null };

test('left out, nobody is asked', () => {
  expect(readGeo(undefined)).toBeUndefined();
});

test('a quarter of a second unless told otherwise', () => {
  expect(readGeo({ resolver })).toEqual({ resolver, deadline: 250 });
  expect(readGeo({ resolver, deadline: '1s' })).toEqual({ resolver, deadline: 1_000 });
  expect(readGeo({ resolver, deadline: '1ms' })?.deadline).toBe(1);
  expect(readGeo({ resolver, deadline: '5s' })?.deadline).toBe(5_000);
  expect(Object.isFrozen(readGeo({ resolver }))).toBe(true);
});

test('a resolver may be an object of a class', () => {
  class Own {
    resolve(): null {
      return null;
    }
    close(): Promise<void> {
      return Promise.resolve();
    }
  }
  expect(readGeo({ resolver: new Own() })?.resolver).toBeInstanceOf(Own);
});

test.each([
  [{}, 'geo.resolver: expected an object with a resolve function'],
  [{ resolver: null }, 'geo.resolver'],
  [{ resolver: () => null }, 'geo.resolver'],
  [{ resolver: { resolve: 'here' } }, 'geo.resolver'],
  [{ resolver: { ...resolver, close: true } }, 'geo.resolver'],
  [{ resolver: { ...resolver, open: true } }, 'geo.resolver'],
  [{ resolver, deadline: 250 }, 'geo.deadline'],
  [{ resolver, deadline: '0s' }, 'geo.deadline: expected 1ms to 5s'],
  [{ resolver, deadline: '5001ms' }, 'geo.deadline: expected 1ms to 5s'],
  [{ resolve: () => null }, "geo.resolve: unknown option; did you mean 'resolver'?"],
  ['geoip-lite', 'geo: expected an object'],
])('%j is refused', (input, problem) => {
  expect(refusalOf(() => readGeo(input)).message).toContain(problem);
});
