import { types } from 'node:util';
import { SessionError } from '../../domain/error';

const { isNativeError } = types;

/**
 * The one error that callers see of a Redis fault. The cause keeps the message only: the client's own error objects
 * carry the command with its arguments, which belong in no log (A65).
 */
export function unavailable(fault: unknown): SessionError {
  if (fault instanceof SessionError) return fault;
  const cause = new Error(isNativeError(fault) ? `${fault.name}: ${messageOf(fault)}` : String(fault));
  return new SessionError('store_unavailable', { cause });
}

/** What a fault says. Where a name has several addresses, Node's error has no words of its own: the first address' does. */
export function messageOf(fault: unknown): string {
  if (!isNativeError(fault)) return String(fault);
  const [first] = 'errors' in fault && Array.isArray(fault.errors) ? (fault.errors as unknown[]) : [];
  return fault.message || first === undefined ? fault.message : messageOf(first);
}

// Answers of a server that is about to answer better: loading its data, running a slow script, changing its master, moving
// a slot, missing its replicas, or losing its scripts again while they are sent. Nothing was written; a script that meets a
// moving slot fails before its first write.
const passingReplies =
  /\b(?:LOADING|BUSY|CLUSTERDOWN|TRYAGAIN|MASTERDOWN|NOREPLICAS|READONLY|NOSCRIPT)\b|non local key|cluster is down|Too many Cluster redirections/;

/** Whether trying again within the deadline may help and cannot hurt: every command of ours may run twice. */
export function isPassing(fault: unknown): boolean {
  return fault instanceof Error && (isDisconnection(fault) || passingReplies.test(fault.message));
}

/** Whether a replica said so, to which nothing may be written. */
export function isReadOnly(fault: unknown): boolean {
  return fault instanceof Error && /\bREADONLY\b/.test(fault.message);
}

/** Whether the server lets us in at all: the wrong password, or none, or too few permissions. */
export function isRefusal(fault: unknown): boolean {
  return fault instanceof Error && /^(?:NOAUTH|WRONGPASS|NOPERM)\b/.test(fault.message);
}

/** Whether the server itself said so. */
export function isReply(fault: unknown): boolean {
  return fault instanceof Error && fault.name === 'ReplyError';
}

const disconnections =
  /Connection is closed|Stream isn't writeable|Cluster isn't ready|Cluster is disconnect|None of startup nodes|Node is disconnected/;
const disconnectionNames = new Set(['MaxRetriesPerRequestError', 'ClusterAllFailedError', 'AbortError']);

/** Whether the client has lost its connection, so that its next `ready` is worth waiting for. */
export function isDisconnection(fault: Error): boolean {
  return disconnectionNames.has(fault.name) || disconnections.test(fault.message) || 'syscall' in fault;
}
