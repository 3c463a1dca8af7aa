import { newDevice } from '../../../../lib/policies/risk/signals/new-device';
import { devices, facts, hour, seen } from '../../../fixtures/risk-facts';

test('a sign-in on a device that was used before is nothing', () => {
  expect(newDevice(facts())).toBeUndefined();
});

test('the first sign-in of all is nothing: there is nothing to compare with', () => {
  expect(newDevice(facts({ signIns: [], now: { deviceMark: 'another' } }))).toBeUndefined();
});

test('a sign-in on another device with another browser counts in full and names it', () => {
  const found = newDevice(facts({ now: { deviceMark: 'a-phone', device: devices.iphone } }));
  expect(found).toEqual({ strength: 1, because: 'The first sign-in on Mobile Safari on iOS' });
});

test('a new device id with the browser of before counts half: whoever clears the browser’s data has one', () => {
  expect(newDevice(facts({ now: { deviceMark: 'another' } }))).toMatchObject({ strength: 0.5 });
});

test('without a device id the kind of device decides, and a known one is nothing', () => {
  expect(newDevice(facts({ now: { deviceMark: null } }))).toBeUndefined();
  expect(newDevice(facts({ now: { deviceMark: null, device: devices.firefox } }))).toMatchObject({ strength: 1 });
});

test('a script where browsers signed in is a new device, though it names no system', () => {
  const script = { browser: null, browserVersion: null, os: null, osVersion: null, type: 'bot' as const };
  const found = newDevice(facts({ now: { deviceMark: null, device: script } }));
  expect(found).toEqual({ strength: 1, because: 'The first sign-in on a script or bot' });
});

test('a caller of whom nothing is known is no new device', () => {
  const unknown = { browser: null, browserVersion: null, os: null, osVersion: null, type: 'other' as const };
  expect(newDevice(facts({ now: { deviceMark: null, device: unknown } }))).toBeUndefined();
});

test('a session that shows another device id than before is on a new device; on one of the user’s own it counts half', () => {
  const before = seen(hour);
  expect(newDevice(facts({ before, now: { deviceMark: 'a-thief' } }))).toMatchObject({ strength: 1 });
  const others = [seen(hour, { deviceMark: 'the-phone' })];
  expect(newDevice(facts({ before, others, now: { deviceMark: 'the-phone' } }))).toMatchObject({ strength: 0.5 });
});

test('a session that shows no device id any more, or did not before, is nothing', () => {
  expect(newDevice(facts({ before: seen(hour), now: { deviceMark: null } }))).toBeUndefined();
  expect(newDevice(facts({ before: seen(hour, { deviceMark: null }), now: { deviceMark: 'x' } }))).toBeUndefined();
});
