import type { AuditEntry, AuditEvent } from '../../../lib/domain/audit-entry';
import { mintSessionId, type SessionId } from '../../../lib/domain/session-id';
import { establishedBy } from '../../../lib/use-cases/risk/established';
import { firefoxOnLinux } from '../../fixtures/session-record';

const { browser, browserVersion, os, osVersion, type } = firefoxOnLinux;
const client = {
  device: { browser, browserVersion, os, osVersion, type },
  deviceMark: null,
  location: null,
  risk: null,
};

function entry(
  event: AuditEvent,
  at: number,
  sessionId: SessionId | null,
  reason: string | null = null,
): AuditEntry {
  const told = { ip: `192.0.2.${at}`, client: event === 'session_created' ? client : null };
  const rest = { actor: { type: 'user' }, count: null, subject: null, relayed: false } as const;
  return { id: `${event}-${at}`, at, event, sessionId, reason, ...told, ...rest };
}

const [first, second, third] = ['a', 'b', 'c'].map(mintSessionId) as [SessionId, SessionId, SessionId];
const timesOf = (entries: readonly AuditEntry[]): number[] => establishedBy(entries).signIns.map(({ at }) => at);

test('a sign-in tells where its user signs in, the latest first', () => {
  const entries = [
    entry('session_updated', 3, first),
    entry('session_created', 2, second),
    entry('session_created', 1, first),
  ];
  expect(establishedBy(entries)).toMatchObject({
    signIns: [{ at: 2, ip: '192.0.2.2' }, { at: 1 }],
    isDoubtful: false,
  });
});

test('one that owes a fresh login tells nothing until it was given', () => {
  const owed = [entry('session_created', 2, second, 'step_up'), entry('session_created', 1, first)];
  expect(timesOf(owed)).toEqual([1]);
  expect(timesOf([entry('step_up_confirmed', 3, second), ...owed])).toEqual([2, 1]);
  expect(timesOf([entry('step_up_confirmed', 3, first), ...owed])).toEqual([1]);
});

test('one that was disowned tells nothing, and neither does any from then until that', () => {
  const entries = [
    entry('session_created', 9, first),
    entry('sign_in_disowned', 8, second),
    entry('session_created', 7, third),
    entry('session_created', 5, second),
    entry('session_created', 1, first),
  ];
  expect(timesOf(entries)).toEqual([9, 1]);
  expect(timesOf(entries.filter(({ at }) => at !== 5))).toEqual([9]);
});

test('is in doubt where there are sign-ins and none of them is certain, and not where there is none', () => {
  expect(establishedBy([]).isDoubtful).toBe(false);
  expect(establishedBy([entry('session_updated', 1, first)]).isDoubtful).toBe(false);
  expect(establishedBy([entry('sign_in_refused', 1, null)]).isDoubtful).toBe(true);
  expect(establishedBy([entry('session_created', 1, first, 'step_up')]).isDoubtful).toBe(true);
  const mixed = [entry('sign_in_refused', 2, null), entry('session_created', 1, first)];
  expect(establishedBy(mixed).isDoubtful).toBe(false);
});
