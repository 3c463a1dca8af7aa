import { userAgentDowngraded } from '../../../../lib/policies/risk/signals/user-agent-downgraded';
import { devices, facts, hour, seen } from '../../../fixtures/risk-facts';

type Seen = ReturnType<typeof seen>['device'];

function change(from: Partial<Seen>, to: Partial<Seen>): string | undefined {
  const before = seen(hour, { device: { ...devices.chrome, ...from } });
  return userAgentDowngraded(facts({ before, now: { device: { ...devices.chrome, ...to } } }))?.because;
}

test('an older browser or system within a session is told with its versions', () => {
  expect(change({ browserVersion: '126.0.1' }, { browserVersion: '119' })).toBe(
    'Chrome 126.0.1 to 119 within one session',
  );
  expect(change({ os: 'iOS', osVersion: '17.4' }, { os: 'iOS', osVersion: '16.7.2' })).toBe(
    'iOS 17.4 to 16.7.2 within one session',
  );
  expect(change({ os: 'iOS', osVersion: '17.4' }, { os: 'iOS', osVersion: '17.3' })).toBeDefined();
});

test('an update is nothing', () => {
  expect(change({ browserVersion: '99.0' }, { browserVersion: '126.0' })).toBeUndefined();
  expect(change({ os: 'iOS', osVersion: '17.4' }, { os: 'iOS', osVersion: '18.0' })).toBeUndefined();
});

test('a version that is told less exactly is nothing', () => {
  expect(change({ browserVersion: '126.0.6478.127' }, { browserVersion: '126.0.0.0' })).toBeUndefined();
  expect(change({ os: 'iOS', osVersion: '17.4.1' }, { os: 'iOS', osVersion: '17.4' })).toBeUndefined();
});

test('a system’s frozen version is the least it can be: some requests bring the hint with the true one, some do not', () => {
  expect(change({ os: 'Windows', osVersion: '11' }, { os: 'Windows', osVersion: '10' })).toBeUndefined();
  expect(change({ os: 'macOS', osVersion: '14.5' }, { os: 'Mac OS', osVersion: '10.15.7' })).toBeUndefined();
  expect(change({ os: 'Android', osVersion: '14' }, { os: 'Android', osVersion: '10' })).toBeUndefined();
  expect(change({ os: 'Windows', osVersion: '10' }, { os: 'Windows', osVersion: '7' })).toBeDefined();
});

test('another browser, versions that are not numbers and unknown ones are nothing', () => {
  expect(change({ browser: 'Firefox', browserVersion: '127' }, { browserVersion: '119' })).toBeUndefined();
  expect(change({ browserVersion: 'latest' }, { browserVersion: '119' })).toBeUndefined();
  expect(change({ browserVersion: null }, { browserVersion: '119' })).toBeUndefined();
  expect(change({ browser: null }, { browser: null, browserVersion: '119' })).toBeUndefined();
});

test('a sign-in has nothing before it', () => {
  expect(
    userAgentDowngraded(facts({ now: { device: { ...devices.chrome, browserVersion: '9' } } })),
  ).toBeUndefined();
});
