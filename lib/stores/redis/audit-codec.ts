import type { Actor } from '../../domain/actor';
import { type AuditEntry, auditEvents } from '../../domain/audit-entry';
import { endReasons } from '../../domain/end-reason';
import type { SessionId } from '../../domain/session-id';
import { decodeClient, encodeClient, type StoredClient } from './audit-client-codec';
import { packIpv4, unpackIpv4 } from './ipv4';
import { idOf, nameOf } from './keys';

// An entry: id (8 bytes), time (6), event, what follows (both 1); then, as far as it is there, count (4), session id (22
// characters, as in keys), IPv4 address (4), and the rest as JSON. Scripts read the time and whether it is relayed, and write the
// count, the id and the session id, where they stand here.
// Codes are stored, those of events and reasons too: append only.
const actorTypes: readonly Actor['type'][] = ['user', 'admin', 'system', 'impersonator'];
const actorBits = 0x0f;
export const present = { count: 0x10, session: 0x20, ipv4: 0x40 } as const;
const relayedBit = 0x80;
const idBytes = 8;
const timeAt = idBytes;
const eventAt = 14;
const flagsAt = 15;
const headBytes = 16;
const sessionBytes = 22;

const template = {
  id: Buffer.alloc(idBytes).toString('base64url'),
  sessionId: '00000000-0000-0000-0000-000000000000' as SessionId,
};

/** What has no place of its own; 0 for none. A reason is a code, or its text where it is the app's own. */
type Rest = [
  reason: string | number,
  actorId: string | 0,
  ip: string | 0,
  id: string | 0,
  client: StoredClient | 0,
  subject: string | 0,
  since: number,
];

export function encodeAudit(entry: AuditEntry): Buffer {
  const { at, event, actor, count, sessionId, relayed } = entry;
  const id = packId(entry.id);
  const ipv4 = entry.ip === null ? undefined : packIpv4(entry.ip);
  const head = Buffer.alloc(headBytes);
  id?.copy(head);
  head.writeUIntBE(at, timeAt, eventAt - timeAt);
  head.writeUInt8(auditEvents.indexOf(event), eventAt);
  const parts: [flag: number, bytes: Uint8Array | undefined][] = [
    [present.count, count === null ? undefined : uint32(count)],
    [present.session, sessionId === null ? undefined : Buffer.from(nameOf(sessionId))],
    [present.ipv4, ipv4],
  ];
  const there = parts.filter((part): part is [number, Uint8Array] => part[1] !== undefined);
  head.writeUInt8(
    there.reduce((flags, [flag]) => flags | flag, actorTypes.indexOf(actor.type) | (relayed ? relayedBit : 0)),
    flagsAt,
  );
  const rest: Rest = [
    codeOf(entry.reason),
    actor.id ?? 0,
    ipv4 ? 0 : (entry.ip ?? 0),
    id ? 0 : entry.id,
    entry.client ? encodeClient(entry.client) : 0,
    entry.subject ?? 0,
    entry.since ?? 0,
  ];
  return Buffer.concat([head, ...there.map(([, bytes]) => bytes), Buffer.from(encodeRest(rest))]);
}

/** With room for the id and the session id, which the script fills in. */
export function encodeAuditTemplate(entry: AuditEntry): Buffer {
  return encodeAudit({ ...entry, ...template });
}

/** undefined for an entry that this version cannot read. */
export function decodeAudit(bytes: Buffer): AuditEntry | undefined {
  try {
    return readAudit(bytes);
  } catch {
    return undefined;
  }
}

function readAudit(bytes: Buffer): AuditEntry | undefined {
  const event = auditEvents[bytes.readUInt8(eventAt)];
  const flags = bytes.readUInt8(flagsAt);
  const type = actorTypes[flags & actorBits];
  if (event === undefined || type === undefined) return undefined;
  let at = headBytes;
  const take = (flag: number, width: number): Buffer | undefined =>
    (flags & flag) === 0 ? undefined : bytes.subarray(at, (at += width));
  const count = take(present.count, 4);
  const session = take(present.session, sessionBytes);
  const ipv4 = take(present.ipv4, 4);
  const [reason = 0, actorId = 0, ip = 0, id = 0, client = 0, subject = 0, since = 0] = decodeRest(
    bytes.toString('utf8', at),
  );
  return {
    id: id === 0 ? bytes.toString('base64url', 0, idBytes) : id,
    at: bytes.readUIntBE(timeAt, eventAt - timeAt),
    event,
    actor: actorId === 0 ? { type } : { type, id: actorId },
    sessionId: (session && idOf(session.toString('latin1'))) ?? null,
    reason: typeof reason === 'string' ? reason : (endReasons[reason - 1] ?? null),
    count: count?.readUInt32BE() ?? null,
    ip: ip === 0 ? ((ipv4 && unpackIpv4(ipv4)) ?? null) : ip,
    client: client === 0 ? null : decodeClient(client),
    subject: subject === 0 ? null : subject,
    relayed: (flags & relayedBit) !== 0,
    ...(since !== 0 && { since }),
  };
}

/** The 8 bytes of an id as this library mints them; undefined for any other, which is kept as text. */
function packId(id: string): Buffer | undefined {
  const bytes = Buffer.from(id, 'base64url');
  return bytes.length === idBytes && bytes.toString('base64url') === id ? bytes : undefined;
}

function codeOf(reason: string | null): string | number {
  if (reason === null) return 0;
  const code = (endReasons as readonly string[]).indexOf(reason) + 1;
  return code === 0 ? reason : code;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Without brackets, and without the zeros at the end. */
function encodeRest(rest: Rest): string {
  const last = rest.findLastIndex((member) => member !== 0);
  return JSON.stringify(rest.slice(0, last + 1)).slice(1, -1);
}

function decodeRest(json: string): Partial<Rest> {
  return JSON.parse(`[${json}]`) as Partial<Rest>;
}
