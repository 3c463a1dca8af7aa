import { userAgentChanged } from '../../../../lib/policies/risk/signals/user-agent-changed';
import { devices, facts, hour, seen } from '../../../fixtures/risk-facts';

type Seen = ReturnType<typeof seen>['device'];

function change(from: Seen, to: Seen): ReturnType<typeof userAgentChanged> {
  return userAgentChanged(facts({ before: seen(hour, { device: from }), now: { device: to } }));
}

test('another browser or system within a session counts in full', () => {
  expect(change(devices.chrome, devices.firefox)).toEqual({
    strength: 1,
    because: 'Chrome on Windows to Firefox on Linux within one session',
  });
  expect(change(devices.chrome, { ...devices.chrome, os: 'Linux' })).toMatchObject({ strength: 1 });
});

test('another version is nothing here, and neither is another spelling of a name', () => {
  expect(change(devices.chrome, { ...devices.chrome, browserVersion: '90' })).toBeUndefined();
  expect(change({ ...devices.chrome, os: 'Mac OS' }, { ...devices.chrome, os: 'macOS' })).toBeUndefined();
});

test('the desktop view of a tablet or phone is doubtful', () => {
  const desktop = {
    ...devices.iphone,
    browser: 'Safari',
    os: 'Mac OS',
    osVersion: '10.15.7',
    type: 'desktop',
  } as const;
  expect(change(devices.iphone, desktop)).toMatchObject({ strength: 0.3 });
  expect(change(desktop, devices.iphone)).toMatchObject({ strength: 0.3 });
  const android = { ...devices.chrome, os: 'Android', type: 'phone' } as const;
  expect(change(android, { ...devices.chrome, os: 'Linux' })).toMatchObject({ strength: 0.3 });
  expect(change(android, { ...devices.firefox })).toMatchObject({ strength: 1 });
});

test('a script in place of a browser counts in full, though it names nothing', () => {
  const script = { browser: null, browserVersion: null, os: null, osVersion: null, type: 'bot' } as const;
  expect(change(devices.chrome, script)?.because).toBe('Chrome on Windows to a script or bot within one session');
  const curl = { ...script, browser: 'curl', type: 'api' } as const;
  expect(change(devices.chrome, curl)?.because).toBe(
    'Chrome on Windows to curl (a script or bot) within one session',
  );
  expect(change(script, script)).toBeUndefined();
  expect(change(script, curl)).toBeUndefined();
});

test('what is not known is nothing', () => {
  const unknown = { browser: null, browserVersion: null, os: null, osVersion: null, type: 'other' } as const;
  expect(change(devices.chrome, unknown)).toBeUndefined();
  expect(change(unknown, devices.chrome)).toBeUndefined();
});

test('a sign-in has nothing before it', () => {
  expect(userAgentChanged(facts({ now: { device: devices.firefox } }))).toBeUndefined();
});
