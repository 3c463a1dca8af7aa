import { limitsOf } from '../../lib/policies/limits';

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
