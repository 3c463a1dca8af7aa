import { clientMark } from '../../device/client-mark';
import type { Client } from '../../domain/client';
import type { SessionRecord, SessionRisk } from '../../domain/session-record';
import type { AddressPrivacy } from '../../options/privacy';

// A laptop at home, at work and on a phone's network, each by IPv4 and IPv6.
const mostKnown = 8;

/** A session that was judged, with its caller among those who need no judgement any more. */
export function knowing(record: SessionRecord, client: Client | undefined, privacy: AddressPrivacy): SessionRecord {
  const { profile } = record;
  const mark = profile.risk && client ? clientMark(record.id, client, privacy) : null;
  return mark === null ? record : { ...record, profile: { ...profile, risk: withMark(profile.risk!, mark) } };
}

/** The latest first; the one that was met longest ago makes room. */
export function withMark(risk: SessionRisk, mark: string): SessionRisk {
  return { ...risk, known: [mark, ...risk.known.filter((other) => other !== mark)].slice(0, mostKnown) };
}

/** Whether this caller was judged before. A session from before risk was judged knows nobody. */
export function isKnown({ profile }: Pick<SessionRecord, 'profile'>, mark: string): boolean {
  return profile.risk?.known.includes(mark) === true;
}
