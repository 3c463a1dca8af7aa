import { clientMark } from '../../device/client-mark';
import type { Client } from '../../domain/client';
import type { SessionRecord, SessionRisk } from '../../domain/session-record';
import type { AddressPrivacy } from '../../options/privacy';

// A laptop at home, at work and on a phone's network, each by IPv4 and IPv6.
const mostKnown = 8;

/** A session that was judged, with its caller among those who need no judgement any more. */
export function knowing(record: SessionRecord, client: Client | undefined, privacy: AddressPrivacy): SessionRecord {
  const { profile } = record;
  if (!profile.risk || !client) return record;
  return {
    ...record,
    profile: { ...profile, risk: withMark(profile.risk, clientMark(record.id, client, privacy)) },
  };
}

/** The latest first; the one that was met longest ago makes room. */
export function withMark(risk: SessionRisk, mark: string): SessionRisk {
  const others = risk.known.filter((other) => other !== mark && other !== noted(mark));
  return { ...risk, known: [mark, ...others].slice(0, mostKnown) };
}

/** Of a caller who could not be judged in full, that they were told of: they need judgement still, and no second notice. */
export function withNote(risk: SessionRisk, mark: string): SessionRisk {
  return withMark(risk, noted(mark));
}

export function isNoted({ profile }: Pick<SessionRecord, 'profile'>, mark: string): boolean {
  return profile.risk?.known.includes(noted(mark)) === true;
}

/** No mark looks like it, so it never passes for one. */
function noted(mark: string): string {
  return `~${mark}`;
}

/** Whether this caller was judged before. A session from before risk was judged knows nobody. */
export function isKnown({ profile }: Pick<SessionRecord, 'profile'>, mark: string): boolean {
  return profile.risk?.known.includes(mark) === true;
}
