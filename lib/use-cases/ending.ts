import type { Actor } from '../domain/actor';
import type { AuditClient, AuditEntry, AuditEvent } from '../domain/audit-entry';
import { type EndReason, isEndReason } from '../domain/end-reason';
import { SessionError } from '../domain/error';
import type { SessionId } from '../domain/session-id';
import type { Ending } from '../domain/session-record';
import type { Write } from '../store/commands';
import { auditEntry, type AuditRules } from './audit';
import { invalidField } from './check';

export const systemActor: Actor = Object.freeze({ type: 'system' });
export const userActor: Actor = Object.freeze({ type: 'user' });

const actorTypes: readonly unknown[] = ['user', 'admin', 'system', 'impersonator'] satisfies Actor['type'][];

/** Why and by whom, as the caller gave it. */
export interface EndingInput {
  readonly reason?: EndReason | undefined;
  readonly actor?: Actor | undefined;
}

/** The same, with nothing left out. */
interface Cause {
  readonly reason: EndReason;
  readonly actor: Actor;
}

/** @throws SessionError `request_invalid` for a reason or actor that could not be stored and shown safely. */
export function readEnding(input: EndingInput, fallback: EndReason): Cause {
  const { reason = fallback, actor = userActor } = input;
  if (!isEndReason(reason)) {
    throw invalidField('reason', "a lower-case word such as 'risk' of at most 32 characters", reason);
  }
  return { reason, actor: readActor(actor) };
}

export function readActor(actor: unknown): Actor {
  const { type, id } = (typeof actor === 'object' && actor !== null ? actor : {}) as Partial<Actor>;
  if (
    type === undefined ||
    !actorTypes.includes(type) ||
    // Half a character would be kept as another one, and tell of somebody else.
    !(id === undefined || (typeof id === 'string' && id.length <= 128 && id.isWellFormed()))
  ) {
    throw new SessionError('request_invalid', {
      field: 'actor',
      detail:
        "actor: expected { type: 'user' | 'admin' | 'system' | 'impersonator', id? } with an id of at most 128 characters",
    });
  }
  return id === undefined ? { type } : { type, id };
}

interface Target extends Cause {
  readonly id: SessionId;
  readonly ip: string | null;
  /** Whoever called, where the ending is about that. */
  readonly client?: AuditClient | null;
  /** `session_revoked` unless given. */
  readonly event?: AuditEvent;
}

/** The parts of a command that ends one session: what the tombstone says and what the audit says. */
export function writeEnding(
  rules: AuditRules,
  write: Write,
  { id, reason, actor, ip, client = null, event = 'session_revoked' }: Target,
): Write & { readonly id: SessionId; readonly ending: Ending; readonly audit: AuditEntry } {
  return {
    ...write,
    id,
    ending: { at: write.at, reason, actor, replacedBy: null },
    audit: auditEntry(rules, write.at, event, { actor, sessionId: id, reason, ip, client }),
  };
}
