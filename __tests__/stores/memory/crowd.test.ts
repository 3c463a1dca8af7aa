import fc from 'fast-check';
import type { DeviceType } from '../../../lib/domain/client';
import type { Limits } from '../../../lib/domain/limits';
import type { SessionRecord } from '../../../lib/domain/session-record';
import { limits } from '../../../lib/store/conformance/limits';
import { newRecord, start } from '../../../lib/store/conformance/records';
import { judge, type Rules } from '../../../lib/stores/memory/crowd';

const applications = ['web', 'ios', 'tv'] as const;
const types = ['desktop', 'phone', 'tablet'] as const;
const max = fc.option(fc.integer({ min: 1, max: 4 }), { nil: null });

const session: fc.Arbitrary<SessionRecord> = fc
  .record({
    applicationId: fc.constantFrom(...applications),
    type: fc.constantFrom<DeviceType>(...types),
    at: fc.integer({ min: start, max: start + 5 }),
    lastSeenAt: fc.integer({ min: start, max: start + 9 }),
  })
  .map(({ lastSeenAt, ...wanted }) => ({ ...newRecord({ userId: 'alice', ...wanted }), lastSeenAt }));

const rules: fc.Arbitrary<Rules> = fc
  .record({
    user: max,
    own: max,
    precedence: fc.constantFrom('user' as const, 'strictest' as const),
    application: max,
    applications: fc.dictionary(fc.constantFrom('web', 'ios'), fc.integer({ min: 1, max: 4 })),
    deviceTypes: fc.dictionary(fc.constantFrom('desktop', 'phone'), fc.integer({ min: 1, max: 4 })),
    stored: max,
  })
  .map(({ stored, ...some }) => ({ limits: limits(some), stored }));

const crowd = fc.array(session, { maxLength: 12 });
const order = fc.constantFrom('oldest' as const, 'least-recent' as const);

/** What the limits allow, written down a second time: the names of the groups that have too many. */
function exceeded(sessions: readonly SessionRecord[], { limits: given, stored }: Rules): string[] {
  const count = (counts: (record: SessionRecord) => boolean): number => sessions.filter(counts).length;
  const over = (name: string, allowed: number | null | undefined, there: number): string[] =>
    allowed !== null && allowed !== undefined && there > allowed ? [name] : [];
  return [
    ...types.flatMap((type) =>
      over(
        type,
        given.deviceTypes[type],
        count(({ profile }) => profile.device.type === type),
      ),
    ),
    ...applications.flatMap((id) =>
      over(
        id,
        given.applications[id] ?? given.application,
        count(({ applicationId }) => applicationId === id),
      ),
    ),
    ...over('user', allowedInAll(given, stored ?? given.own), sessions.length),
  ];
}

function allowedInAll({ user, precedence }: Limits, own: number | null): number | null {
  if (precedence === 'strictest') return Math.min(user ?? Infinity, own ?? Infinity);
  return own ?? user;
}

const groupsOf = ({ applicationId, profile }: SessionRecord): string[] => [
  profile.device.type,
  applicationId,
  'user',
];

test('A39 with eviction, the limits of the newcomer hold afterwards, and none goes without need', () => {
  fc.assert(
    fc.property(crowd, session, rules, order, (there, newcomer, given, by) => {
      const { evicted, reached } = judge(there, given, newcomer, { order: by, first: [] });
      expect(reached).toBeNull();
      const own = groupsOf(newcomer);
      const before = exceeded([...there, newcomer], given).filter((name) => own.includes(name));
      const left = [...there.filter((record) => !evicted.includes(record)), newcomer];
      expect(exceeded(left, given).filter((name) => own.includes(name))).toEqual([]);
      for (const one of evicted) expect(groupsOf(one).some((name) => before.includes(name))).toBe(true);
      expect(new Set(evicted).size).toBe(evicted.length);
    }),
  );
});

test('A39 without eviction, a limit is reached exactly where one would be exceeded, and the narrowest is told', () => {
  fc.assert(
    fc.property(crowd, session, rules, (there, newcomer, given) => {
      const { evicted, reached } = judge(there, given, newcomer, null);
      expect(evicted).toEqual([]);
      const own = groupsOf(newcomer);
      const over = own.find((name) => exceeded([...there, newcomer], given).includes(name));
      expect(reached?.limit.per).toBe(over && ['device-type', 'application', 'user'][own.indexOf(over)]);
      expect(reached?.counted).toEqual(over && there.filter((record) => groupsOf(record).includes(over)));
    }),
  );
});

test('a trim leaves no limit exceeded, and changes nothing where none is', () => {
  fc.assert(
    fc.property(crowd, rules, order, (there, given, by) => {
      const { evicted } = judge(there, given, null, { order: by, first: [] });
      expect(
        exceeded(
          there.filter((record) => !evicted.includes(record)),
          given,
        ),
      ).toEqual([]);
      if (exceeded(there, given).length === 0) expect(evicted).toEqual([]);
    }),
  );
});

test('those named first go first, whatever their age, and the oldest of the rest', () => {
  const there = [0, 1, 2, 3].map((at) => newRecord({ userId: 'alice', at: start + at }));
  const first = [there[3]!.id, newRecord({ userId: 'alice' }).id, there[2]!.id, there[3]!.id];
  const { evicted } = judge(there, { limits: limits({ user: 1 }), stored: null }, null, { order: 'oldest', first });
  expect(evicted).toEqual([there[3], there[2], there[0]]);
});
