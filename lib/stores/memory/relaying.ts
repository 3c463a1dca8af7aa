import type { Feed, Outbox } from '../../store/outbox';
import type { AuditFeed } from './audit-feed';
import { frozenCopy } from './frozen';
import type { Outboxes } from './outboxes';

/** Runs a verb as long as the store is open. */
type Run<Held> = <Outcome>(verb: (held: Held) => Outcome) => Promise<Outcome>;

/** The port's outbox on what a memory store holds. */
export function memoryOutbox(run: Run<Outboxes>): Outbox {
  return Object.freeze<Outbox>({
    due: (query) => run((outboxes) => outboxes.due(query)),
    claim: (command) => run((outboxes) => outboxes.claim(command)),
    settle: (command) => run((outboxes) => outboxes.settle(frozenCopy(command))),
    deadLetters: (query) => run((outboxes) => outboxes.deadLetters(query)),
    revive: (command) => run((outboxes) => outboxes.revive(command)),
  });
}

/** The port's feed on what a memory store holds. */
export function memoryFeed(run: Run<AuditFeed>): Feed {
  return Object.freeze<Feed>({
    append: (command) => run((feed) => feed.append(frozenCopy(command))),
    read: (query) => run((feed) => feed.read(query)),
  });
}
