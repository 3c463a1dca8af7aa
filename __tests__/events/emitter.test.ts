import { Emitter } from '../../lib/events/emitter';
import { signInAt } from '../fixtures/session-record';

const stale = { userId: 'alice' };

let warnings: jest.SpyInstance;

beforeEach(() => {
  warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
});

afterEach(() => jest.restoreAllMocks());

const turn = (): Promise<void> => new Promise(setImmediate);

test('listeners hear of their event, in order, and of no other', () => {
  const events = new Emitter();
  const heard: unknown[] = [];
  events.on('sign-in.stale', (event) => heard.push(['first', event]));
  events.on('sign-in.stale', (event) => heard.push(['second', event]));
  events.on('token.rotated', (event) => heard.push(['other', event]));
  events.emit('sign-in.stale', stale);
  expect(heard).toEqual([
    ['first', stale],
    ['second', stale],
  ]);
});

test('an event that nobody listens to is no fault', () => {
  expect(() => new Emitter().emit('sign-in.stale', stale)).not.toThrow();
});

test('a removed listener hears nothing more, and removing it again removes no other', () => {
  const events = new Emitter();
  const [first, second] = [jest.fn(), jest.fn()];
  const remove = events.on('sign-in.stale', first);
  events.on('sign-in.stale', second);
  remove();
  remove();
  events.emit('sign-in.stale', stale);
  expect(first).not.toHaveBeenCalled();
  expect(second).toHaveBeenCalledTimes(1);
});

test('a listener that was added twice hears once', () => {
  const events = new Emitter();
  const listener = jest.fn();
  events.on('sign-in.stale', listener);
  events.on('sign-in.stale', listener);
  events.emit('sign-in.stale', stale);
  expect(listener).toHaveBeenCalledTimes(1);
});

test('a listener that removes itself, or adds others, disturbs no delivery', () => {
  const events = new Emitter();
  const last = jest.fn();
  let added = 0;
  const again = (): void => {
    if (added++ < 100) events.on('sign-in.stale', () => again());
  };
  const remove = events.on('sign-in.stale', () => remove());
  events.on('sign-in.stale', again);
  events.on('sign-in.stale', last);
  events.emit('sign-in.stale', stale);
  expect(last).toHaveBeenCalledTimes(1);
  expect(added).toBe(1);
});

const raise = (thrown: unknown) => (): void => {
  throw thrown;
};

describe.each([
  ['throws', raise(new Error('boom'))],
  ['rejects', () => Promise.reject(new Error('boom'))],
  ['throws what has no text', raise(Object.create(null))],
  ['throws a symbol', raise(Symbol('boom'))],
  ['throws nothing', raise(undefined)],
])('a listener that %s', (_, listener) => {
  test('A67 harms neither the caller nor the other listeners, and a warning tells of it', async () => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const events = new Emitter();
    const other = jest.fn();
    events.on('background.failed', listener);
    events.on('background.failed', other);
    const event = { operation: 'touch', error: signInAt, final: true } as const;
    expect(() => events.emit('background.failed', event)).not.toThrow();
    await turn();
    process.off('unhandledRejection', unhandled);
    expect(other).toHaveBeenCalledTimes(1);
    expect(unhandled).not.toHaveBeenCalled();
    expect(warnings).toHaveBeenCalledTimes(1);
    expect(warnings).toHaveBeenCalledWith(expect.stringMatching(/^A listener of 'background\.failed' failed: /), {
      type: 'SessionkeeperWarning',
    });
  });
});

test('the warning holds what the listener threw', async () => {
  const events = new Emitter();
  events.on('sign-in.stale', () => {
    throw new Error('disk full');
  });
  events.emit('sign-in.stale', stale);
  await turn();
  expect(warnings).toHaveBeenCalledWith("A listener of 'sign-in.stale' failed: Error: disk full", {
    type: 'SessionkeeperWarning',
  });
});
