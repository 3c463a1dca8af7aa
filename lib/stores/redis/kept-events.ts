import { auditEvents } from '../../domain/audit-entry';
import { type Keeping, keepings, owesLogin } from '../../store/kept-entries';
import { present } from './audit-codec';

const letters: Readonly<Record<Keeping, string>> = { telling: 't', latest: 'l', bounded: 'b' };

/** How entries are kept, in terms of their bytes, for the scripts: the codes of events, what may precede the reason, and that as it stands there. */
export const keptEvents = [
  `local KEPT = { ${auditEvents.flatMap(entryOf).join(', ')} }`,
  `local CREATED, OWES_LOGIN = ${auditEvents.indexOf('session_created')}, '${JSON.stringify(owesLogin)}'`,
  `local HAS = { count = ${present.count}, session = ${present.session}, ipv4 = ${present.ipv4} }`,
].join('\n');

function entryOf(event: (typeof auditEvents)[number], code: number): string[] {
  const keeping = keepings[event];
  return keeping ? [`[${code}] = '${letters[keeping]}'`] : [];
}
