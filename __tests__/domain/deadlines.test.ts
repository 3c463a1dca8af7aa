import { effectiveExpiresAt, idleExpiresAt, sessionEndsAt } from '../../lib/domain/deadlines';
import { aRecord, day, hour, minute, signInAt } from '../fixtures/session-record';

const access = (milliseconds: number): { accessExpiresAt: number } => ({
  accessExpiresAt: signInAt + milliseconds,
});
const refresh = (milliseconds: number): { refreshExpiresAt: number } => ({
  refreshExpiresAt: signInAt + milliseconds,
});

test('idle counts from the last recorded use', () => {
  const record = aRecord({ windows: { idle: hour }, lastSeenAt: signInAt + minute });
  expect(idleExpiresAt(record)).toBe(signInAt + minute + hour);
});

test('without an idle limit there is no idle deadline, and absolute ends the session', () => {
  expect(idleExpiresAt(aRecord())).toBeNull();
  expect(sessionEndsAt(aRecord())).toBe(signInAt + 30 * day);
});

test('the session ends at the nearer of idle and absolute', () => {
  expect(sessionEndsAt(aRecord({ windows: { idle: hour } }))).toBe(signInAt + hour);
  expect(sessionEndsAt(aRecord({ windows: { idle: 31 * day } }))).toBe(signInAt + 30 * day);
});

test.each([
  ['refresh, where it outlives access', { ...access(minute), ...refresh(hour) }, hour],
  ['access, where it outlives refresh', { ...access(hour), ...refresh(minute) }, hour],
  ['access, where there is no refresh', { ...access(minute), refreshExpiresAt: null }, minute],
  ['absolute, where both outlive it', { ...access(40 * day), ...refresh(50 * day) }, 30 * day],
])('the effective expiry is that of %s', (_, credentials, expected) => {
  expect(effectiveExpiresAt(aRecord({ credentials }))).toBe(signInAt + expected);
});

test('an idle limit before all the others is the effective expiry', () => {
  expect(effectiveExpiresAt(aRecord({ windows: { idle: minute } }))).toBe(signInAt + minute);
});
