import { readFileSync } from 'node:fs';
import { SessionManager } from '../../lib/session-manager';
import { sessionEventNames } from '../../lib/events/catalogue';
import { MemoryStore } from '../../lib/stores/memory';
import { refusalOf } from '../fixtures/refusal-of';

const sessions = new SessionManager({ store: new MemoryStore() });
const ignore = (): void => undefined;

test.each([
  ['session.create', "on: unknown event 'session.create'; did you mean 'session.created'?"],
  ['sessions.End', "on: unknown event 'sessions.End'; did you mean 'sessions.ended'?"],
  ['logout', `on: unknown event 'logout'; known are ${sessionEventNames.join(', ')}`],
  [undefined, 'on: unknown event undefined; known are '],
  ['toString', "on: unknown event 'toString'; known are "],
])('to listen to %p is refused, and not silent for ever', (name, words) => {
  const error = refusalOf(() => sessions.on(name as never, ignore));
  expect(error).toMatchObject({ code: 'options_invalid', message: expect.stringContaining(words) as string });
});

test('a listener that is none is refused at once, not at the first event', () => {
  const { code, message } = refusalOf(() => sessions.on('token.reused', undefined as never));
  expect([code, message]).toEqual([
    'options_invalid',
    'on: expected a function that hears of the event, got undefined',
  ]);
});

test('every event that docs/events.md lists can be listened to, and no other', () => {
  const documented = [...readFileSync('docs/events.md', 'utf8').matchAll(/^\| `([a-z.-]+)` \|/gm)].map(
    ([, name]) => name,
  );
  expect(documented.sort()).toEqual([...sessionEventNames].sort());
  for (const name of sessionEventNames) sessions.on(name, ignore)();
});
