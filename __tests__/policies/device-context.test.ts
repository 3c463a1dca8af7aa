import { type DeviceContext, isSameDevice } from '../../lib/policies/device-context';

const seen = (deviceId: string | null, browser: string | null, os: string | null): DeviceContext => ({
  deviceId,
  device: { browser, os },
});

test('a device id decides where both have one, whatever the browser', () => {
  expect(isSameDevice(seen('a', 'Firefox', 'Linux'), seen('a', 'Safari', 'iOS'))).toBe(true);
  expect(isSameDevice(seen('a', 'Firefox', 'Linux'), seen('b', 'Firefox', 'Linux'))).toBe(false);
});

test.each([
  [null, null],
  ['a', null],
  [null, 'a'],
])('browser and system decide where the ids are %p and %p', (one, other) => {
  expect(isSameDevice(seen(one, 'Firefox', 'Linux'), seen(other, 'Firefox', 'Linux'))).toBe(true);
  expect(isSameDevice(seen(one, 'Firefox', 'Linux'), seen(other, 'Chrome', 'Linux'))).toBe(false);
  expect(isSameDevice(seen(one, 'Firefox', 'Linux'), seen(other, 'Firefox', 'Windows'))).toBe(false);
});

test('absent matches absent and nothing else', () => {
  expect(isSameDevice(seen(null, null, null), seen(null, null, null))).toBe(true);
  expect(isSameDevice(seen(null, null, null), seen(null, 'Firefox', null))).toBe(false);
  expect(isSameDevice(seen(null, 'Firefox', 'Linux'), seen(null, 'Firefox', null))).toBe(false);
});
