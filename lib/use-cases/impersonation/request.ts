import { cleanText } from '../../device/client-text';
import type { AdminActor } from '../../domain/admin-actor';
import type { Client } from '../../domain/client';
import { type Duration, durationMilliseconds } from '../../domain/duration';
import { type SessionId, parseSessionId } from '../../domain/session-id';
import { optionError, refuseUnknown } from '../../options/read-options';
import { checkText, checkUserId, checkWords, invalidField } from '../check';

/** An administrator who begins to use a session in a user's place. */
export interface StartImpersonationInput<Data extends object = Record<string, unknown>> {
  /**
   * Who. Takes the scope `impersonate`. With `sessionId`, the administrator's own session under this manager, the impersonation ends when
   * that does.
   */
  readonly actor: AdminActor & { readonly type?: 'admin' | undefined };
  /** Whose place it is. */
  readonly userId: string;
  /** Why, in words: 1 to 256 bytes without control characters. It stands in the user's history. */
  readonly reason: string;
  /** 1 minute to 8 hours; `15m`. Nothing moves its end. */
  readonly lifetime?: Duration | undefined;
  /** The client app, at most 64 bytes; `default` unless given. */
  readonly applicationId?: string | undefined;
  /** The administrator's device and address, not the user's. */
  readonly client?: Client | undefined;
  /** The app's own JSON, at most 16 KiB. */
  readonly data?: Data | undefined;
  readonly scope?: readonly string[] | undefined;
}

/** The same, checked. */
export interface ImpersonationStart {
  readonly actor: {
    readonly id: string;
    readonly isImpersonator: boolean;
    readonly scopes: readonly string[];
    readonly sessionId: SessionId | null;
  };
  readonly reason: string;
  /** In milliseconds. */
  readonly lifetime: number;
}

const names = ['actor', 'userId', 'reason', 'lifetime', 'applicationId', 'client', 'data', 'scope'];
const maxReasonBytes = 256;
const maxActorBytes = 128;
const minute = 60_000;
const shortest = minute;
const usual = 15 * minute;
const longest = 8 * 60 * minute;

/** @throws SessionError `request_invalid`, naming the field */
export function readStart(input: StartImpersonationInput<object> | undefined): ImpersonationStart {
  if (input === undefined)
    throw optionError('impersonation.start', 'an object with actor, userId and reason', input);
  refuseUnknown(input, names, 'impersonation.start');
  checkUserId(input.userId);
  return {
    actor: readActor(input.actor),
    reason: readReason(input.reason),
    lifetime: readLifetime(input.lifetime),
  };
}

function readActor(given: unknown): ImpersonationStart['actor'] {
  if (typeof given !== 'object' || given === null) throw invalidField('actor', '{ id, scopes, sessionId? }', given);
  const { type = 'admin', id, scopes, sessionId } = given as Readonly<Record<string, unknown>>;
  if (type !== 'admin' && type !== 'impersonator') throw invalidField('actor.type', "'admin'", type);
  return {
    id: checkText(id, 'actor.id', maxActorBytes),
    isImpersonator: type === 'impersonator',
    scopes: checkWords(scopes, 'actor.scopes', 50),
    sessionId: sessionId === undefined ? null : readSessionId(sessionId),
  };
}

function readSessionId(value: unknown): SessionId {
  const id = parseSessionId(value);
  if (!id) throw invalidField('actor.sessionId', 'the id of a session', value);
  return id;
}

/** Who reads an audit sees it as it was written, so nothing is taken out of it silently. */
function readReason(value: unknown): string {
  const reason = typeof value === 'string' ? value.trim() : '';
  if (reason && cleanText(reason, maxReasonBytes) === reason) return reason;
  throw invalidField('reason', `1 to ${maxReasonBytes} bytes of text without control characters`, value);
}

function readLifetime(value: unknown): number {
  if (value === undefined) return usual;
  const milliseconds = millisecondsOf(value);
  if (milliseconds >= shortest && milliseconds <= longest) return milliseconds;
  throw invalidField('lifetime', "a duration from '1m' to '8h'", value);
}

/** NaN for what is no duration: it may come from a request, and then is no fault of the app's options. */
function millisecondsOf(value: unknown): number {
  try {
    return durationMilliseconds(value, 'lifetime');
  } catch {
    return Number.NaN;
  }
}
