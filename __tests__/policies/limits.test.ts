import fc from 'fast-check';
import { type Limits, userLimit } from '../../lib/domain/limits';
import { type CountedSession, exceededBy, limitsOf } from '../../lib/policies/limits';

test('the numbers are put to the store as they were configured', () => {
  const configured = {
    max: 3,
    application: 2,
    applications: { web: 1 },
    deviceTypes: { phone: 1 },
    precedence: 'user',
  } as const;
  expect(limitsOf(configured, 7)).toEqual({
    user: 3,
    own: 7,
    precedence: 'user',
    application: 2,
    applications: { web: 1 },
    deviceTypes: { phone: 1 },
  });
});

const none: Limits = {
  user: null,
  own: null,
  precedence: 'user',
  application: null,
  applications: {},
  deviceTypes: {},
};

function sessions(
  ...places: readonly (readonly [applicationId: string, type: 'phone' | 'desktop'])[]
): CountedSession[] {
  return places.map(([applicationId, type]) => ({ applicationId, device: { type } }));
}

const three = sessions(['web', 'phone'], ['web', 'desktop'], ['ios', 'phone']);

test.each<[Partial<Limits>, stored: number | null, exceeded: unknown]>([
  [{}, null, null],
  [{ user: 3, application: 2, deviceTypes: { phone: 2, desktop: 1, tv: 0 } }, null, null],
  [{ user: 2 }, null, { per: 'user', max: 2 }],
  [{ user: 2, own: 3 }, null, null],
  [{ user: 2, own: 3, precedence: 'strictest' }, null, { per: 'user', max: 2 }],
  [{ user: 5, own: 5 }, 1, { per: 'user', max: 1 }],
  [{ user: 1, own: 1 }, 3, null],
  [{ application: 1 }, null, { per: 'application', max: 1 }],
  [{ application: 1, applications: { web: 2 } }, null, null],
  [{ application: 9, applications: { ios: 0 } }, null, { per: 'application', max: 0 }],
  [{ user: 1, application: 1, deviceTypes: { phone: 1 } }, 1, { per: 'device-type', max: 1 }],
  [{ user: 1, application: 1, deviceTypes: { desktop: 1 } }, 1, { per: 'application', max: 1 }],
])('of three sessions, %j with a stored limit of %p: the narrowest exceeded is %j', (some, stored, exceeded) => {
  expect(exceededBy(three, { ...none, ...some }, stored)).toEqual(exceeded);
});

test('an application is no member of an object', () => {
  const odd = sessions(['__proto__', 'phone'], ['constructor', 'phone']);
  expect(exceededBy(odd, { ...none, application: 1, applications: { web: 0 } }, null)).toBeNull();
});

test('nobody exceeds anything', () => {
  expect(exceededBy([], { ...none, user: 0, application: 0, deviceTypes: { phone: 0 } }, 0)).toBeNull();
});

describe('under any limits', () => {
  const anyMax = fc.option(fc.nat(4));
  const anySessions = fc.array(
    fc.record({
      applicationId: fc.constantFrom('web', 'ios', '__proto__'),
      device: fc.record({ type: fc.constantFrom('phone' as const, 'desktop' as const) }),
    }),
    { maxLength: 8 },
  );
  const anyLimits: fc.Arbitrary<Limits> = fc.record({
    user: anyMax,
    own: anyMax,
    precedence: fc.constantFrom('user' as const, 'strictest' as const),
    application: anyMax,
    applications: fc.dictionary(fc.constantFrom('web', 'tv'), fc.nat(4)),
    deviceTypes: fc.record({ phone: fc.nat(4) }, { requiredKeys: [] }),
  });

  test('without narrower ones, what is told is the limit of the user, exactly where there are more sessions', () => {
    fc.assert(
      fc.property(anySessions, anyLimits, anyMax, (all, { user, own, precedence }, stored) => {
        const limits = { ...none, user, own, precedence };
        const max = userLimit(limits, stored);
        const expected = max !== null && all.length > max ? { per: 'user', max } : null;
        expect(exceededBy(all, limits, stored)).toEqual(expected);
      }),
    );
  });

  test('what is told is exceeded, and it does not matter in which order the sessions stand, but for which of several alike', () => {
    fc.assert(
      fc.property(anySessions, anyLimits, anyMax, (all, limits, stored) => {
        const told = exceededBy(all, limits, stored);
        expect(exceededBy(all.toReversed(), limits, stored)?.per).toBe(told?.per);
        if (told) expect(all.length).toBeGreaterThan(told.max);
      }),
    );
  });

  test('once a limit is exceeded, one session more does not mend it', () => {
    fc.assert(
      fc.property(anySessions, anySessions, anyLimits, anyMax, (all, more, limits, stored) => {
        if (exceededBy(all, limits, stored)) expect(exceededBy([...all, ...more], limits, stored)).not.toBeNull();
      }),
    );
  });
});
