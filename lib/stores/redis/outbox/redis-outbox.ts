import type { Outbox } from '../../../store/outbox';
import type { Backend } from '../backend';
import { claim } from './claim';
import { deadLetters } from './dead-letters';
import { due } from './due';
import { revive } from './revive';
import { settle } from './settle';

/** Entries on their way to sinks, in Redis. 1 round trip each; `due` and `deadLetters` send 1 or 2 small commands for each tag. */
export function redisOutbox(backend: Backend): Outbox {
  return Object.freeze<Outbox>({
    due: (query) => due(backend, query),
    claim: (command) => claim(backend, command),
    settle: (command) => settle(backend, command),
    deadLetters: (query) => deadLetters(backend, query),
    revive: (command) => revive(backend, command),
  });
}
