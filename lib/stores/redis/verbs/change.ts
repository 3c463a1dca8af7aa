import type { SessionId } from '../../../domain/session-id';
import type { SessionRecord } from '../../../domain/session-record';
import type { Missing, Outdated } from '../../../store/outcomes';
import type { Records } from '../records';
import { bytesOf, type Reply, statusOf } from '../reply';
import { missing } from './missing';

type Change<Done extends string> =
  | { readonly status: Done; readonly record: SessionRecord }
  | { readonly status: 'conflict'; readonly record: SessionRecord }
  | Missing;

/** What amend replies: `done`, audited, record | 'conflict', record | 'missing'. */
export function readChange<Done extends string>(
  records: Records,
  id: SessionId,
  done: Done,
  reply: Reply,
): Change<Done> {
  const status = statusOf(reply);
  if (status === 'missing') return missing;
  if (status === done) records.noteAudit(reply[1]);
  const record = records.decode(id, bytesOf(reply.at(-1)));
  if (!record) return missing;
  return status === done ? { status: done, record } : { status: 'conflict', record };
}

/** What repeat and rekey reply: the same | 'outdated', record, reason. */
export function readRenewal<Done extends string>(
  records: Records,
  id: SessionId,
  done: Done,
  reply: Reply,
): Change<Done> | Outdated {
  if (statusOf(reply) !== 'outdated') return readChange(records, id, done, reply);
  const record = records.decode(id, bytesOf(reply[1]));
  return record ? { status: 'outdated', record, reason: String(reply[2]) } : missing;
}
