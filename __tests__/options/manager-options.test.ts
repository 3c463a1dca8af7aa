import { readManagerOptions } from '../../lib/options/manager-options';
import { MemoryStore } from '../../lib/stores/memory/memory-store';
import { refusalOf } from '../fixtures/refusal-of';

const messageFor = (input: unknown): string => {
  const error = refusalOf(() => readManagerOptions(input));
  expect(error.code).toBe('options_invalid');
  return error.message;
};

test('everything has a default', () => {
  expect(readManagerOptions({})).toMatchObject({
    store: undefined,
    rotation: { grace: 10_000 },
    requestProperty: 'userSession',
    expose: [],
    claims: undefined,
    deviceParser: undefined,
    clock: undefined,
  });
  expect(readManagerOptions(undefined)).toEqual(readManagerOptions({}));
});

test('what is given is in force', () => {
  const options = {
    store: new MemoryStore(),
    requestProperty: 'login',
    expose: ['theme'],
    claims: () => ({}),
    deviceParser: { parse: jest.fn() },
    clock: () => 0,
  };
  expect(readManagerOptions(options)).toMatchObject(options);
});

test.each([
  ['store', {}, 'a RedisStore, a MemoryStore or another SessionStore, got an object'],
  ['store', 'redis://localhost', "a RedisStore, a MemoryStore or another SessionStore, got 'redis://localhost'"],
  ['store', null, 'a RedisStore, a MemoryStore or another SessionStore, got null'],
  ['lifetimes', [], 'an object, got an array'],
  ['rotation', null, 'an object, got null'],
  ['cookies', 'sk', "an object, got 'sk'"],
  ['csrf', 0, 'an object, got 0'],
  ['requestProperty', 'session', "a property name other than 'session' and 'auth', got 'session'"],
  ['requestProperty', 'auth', "a property name other than 'session' and 'auth', got 'auth'"],
  ['requestProperty', 'a-b', "a property name other than 'session' and 'auth', got 'a-b'"],
  ['requestProperty', '', "a property name other than 'session' and 'auth', got ''"],
  ['requestProperty', '1st', "a property name other than 'session' and 'auth', got '1st'"],
  ['requestProperty', '__proto__', "a property name other than 'session' and 'auth', got '__proto__'"],
  ['requestProperty', 'constructor', "a property name other than 'session' and 'auth', got 'constructor'"],
  ['requestProperty', 'a'.repeat(65), "a property name other than 'session' and 'auth', got "],
  ['requestProperty', 1, "a property name other than 'session' and 'auth', got 1"],
  ['expose', 'theme', "an array of keys of data, got 'theme'"],
  ['expose', ['theme', 1], 'an array of keys of data, got an array'],
  ['claims', {}, 'a function, got an object'],
  ['clock', 0, 'a function, got 0'],
  ['deviceParser', () => ({}), 'an object with a parse function, got a function'],
  ['deviceParser', {}, 'an object with a parse function, got an object'],
  ['deviceParser', null, 'an object with a parse function, got null'],
])('%s: %p is refused with what was expected and what came', (name, value, words) => {
  expect(messageFor({ [name]: value })).toContain(`${name}: expected ${words}`);
});

test.each([null, 'options', 1, []])('%p in place of the options is refused', (input) => {
  expect(messageFor(input)).toContain('options: expected an object, got ');
});

test.each([
  ['lifetime', 'lifetimes'],
  ['Store', 'store'],
  ['CSRF', 'csrf'],
  ['cookie', 'cookies'],
  ['requestproperty', 'requestProperty'],
])('%s is unknown; %s was meant', (name, meant) => {
  expect(messageFor({ [name]: {} })).toBe(`${name}: unknown option; did you mean '${meant}'?`);
});

test('a name like none of ours is answered with all of ours', () => {
  expect(messageFor({ secret: 'x' })).toBe(
    'secret: unknown option; known are store, lifetimes, rotation, limit, singleSession, lockout, impersonation, privacy, nearCache, audit, credentialsChangedAt, cookies, csrf, requestProperty, expose, claims, deviceParser, geo, telemetry, risk, clock',
  );
});

test('A57 names of the prototype are unknown like any other', () => {
  for (const name of ['constructor', 'toString', 'hasOwnProperty']) {
    expect(messageFor({ [name]: 1 })).toContain(`${name}: unknown option`);
  }
  expect(messageFor(JSON.parse('{"__proto__":{"store":1}}'))).toContain('__proto__: unknown option');
});

test('the settings and all their groups are frozen and apart from what was given', () => {
  const expose = ['theme'];
  const settings = readManagerOptions({ expose });
  expose.push('secret');
  expect(settings.expose).toEqual(['theme']);
  expect(Object.isFrozen(settings)).toBe(true);
  const { lifetimes, rotation, limit, lockout, cookies, csrf } = settings;
  const groups = [lifetimes, rotation, limit, lockout, cookies, csrf, settings.expose];
  expect(groups.every(Object.isFrozen)).toBe(true);
});

test.each(['retention', 'maxSessions', 'url', 'client', 'prefix', 'durability'])(
  '%s is an option of a store, and the error says so',
  (name) => {
    expect(messageFor({ [name]: {} })).toMatch(
      new RegExp(`^${name}: an option of the store.* new (Redis|Memory)Store\\(\\{ ${name} \\}\\)$`),
    );
  },
);
