import fc from 'fast-check';
import { riskSignalCodes } from '../../../lib/domain/risk';
import type { RiskFacts } from '../../../lib/domain/risk-facts';
import type { Sighting } from '../../../lib/domain/sighting';
import { defaultRiskScale } from '../../../lib/domain/risk-scale';
import { assessRisk } from '../../../lib/policies/risk/assess';
import { day, devices, facts, hour, minute, noon, places, seen } from '../../fixtures/risk-facts';

const own = { code: 'night_shift', weight: 25, because: 'Nobody works at this hour' };

test('nothing unusual is worth nothing', () => {
  expect(assessRisk(facts(), defaultRiskScale)).toEqual({ score: 0, level: 'none', signals: [] });
});

test('the first sign-in of a user is worth nothing, wherever and on whatever it is', () => {
  const first = facts({ signIns: [], now: { location: places.tokyo, device: devices.iphone, ip: '198.51.100.9' } });
  expect(assessRisk(first, defaultRiskScale).signals).toEqual([]);
});

test('the score is the sum of the signals, which come with the heaviest first', () => {
  const now = { location: places.tokyo, ip: '198.51.100.9' };
  const { score, level, signals } = assessRisk(facts({ now }), defaultRiskScale);
  expect(signals.map(({ code, weight }) => [code, weight])).toEqual([
    ['new_country', 30],
    ['new_network', 8],
  ]);
  expect([score, level]).toEqual([38, 'low']);
});

test('the score ends at 100', () => {
  const stolen = facts({
    before: seen(minute),
    now: { location: places.tokyo, ip: '198.51.100.9', device: devices.firefox, deviceMark: 'a-thief' },
  });
  const { score, level, signals } = assessRisk(stolen, defaultRiskScale);
  expect(signals.reduce((sum, { weight }) => sum + weight, 0)).toBeGreaterThan(100);
  expect([score, level]).toEqual([100, 'high']);
});

test('impossible travel and concurrent places are one fact: the heavier stands for both', () => {
  const others = [seen(minute, { deviceMark: 'the-phone', device: devices.iphone })];
  const now = { location: places.amsterdam, ip: '198.51.100.9' };
  const vpn = facts({ before: seen(minute), others, now });
  const { score, signals } = assessRisk(vpn, defaultRiskScale);
  expect(signals.map(({ code, weight }) => [code, weight])).toEqual([
    ['new_country', 30],
    ['impossible_travel', 23],
    ['new_network', 8],
  ]);
  expect(score).toBe(61);
  const weights = { ...defaultRiskScale.weights, impossible_travel: 10 };
  const codes = assessRisk(vpn, { ...defaultRiskScale, weights }).signals.map(({ code }) => code);
  expect(codes).toEqual(['new_country', 'concurrent_places', 'new_network']);
});

test('each level begins at its threshold', () => {
  const { low, medium, high } = defaultRiskScale.thresholds;
  const levelAt = (weight: number) => assessRisk(facts(), defaultRiskScale, [{ ...own, weight }]).level;
  expect([low - 1, low, medium - 1, medium, high - 1, high].map(levelAt)).toEqual([
    ...['none', 'low', 'low', 'medium', 'medium', 'high'],
  ]);
});

test('a signal of the app’s own counts as ours do and stands in its place among them', () => {
  const now = { location: places.tokyo, ip: '198.51.100.9' };
  const { score, signals } = assessRisk(facts({ now }), defaultRiskScale, [own]);
  expect(signals.map(({ code }) => code)).toEqual(['new_country', 'night_shift', 'new_network']);
  expect(score).toBe(63);
});

test('a weight of nothing switches a signal off', () => {
  const weights = { ...defaultRiskScale.weights, new_country: 0 };
  const tokyo = facts({ now: { location: places.tokyo } });
  expect(assessRisk(tokyo, { ...defaultRiskScale, weights }).signals).toEqual([]);
});

test('a signal is worth no more than its weight, and at least one', () => {
  const weights = { ...defaultRiskScale.weights, failures_before_success: 2 };
  const [signal] = assessRisk(facts({ failures: 3 }), { ...defaultRiskScale, weights }).signals;
  expect(signal).toMatchObject({ code: 'failures_before_success', weight: 1 });
});

const name = fc.option(
  fc.oneof(fc.string({ maxLength: 64 }), fc.constantFrom('Chrome', 'Mac OS', '<img onerror>')),
);
const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(NaN, Infinity, -Infinity, noon, noon - hour));
const location = fc.record({
  city: name,
  region: name,
  country: fc.option(fc.constantFrom('DE', 'JP', 'US')),
  coordinates: fc.option(fc.record({ latitude: number, longitude: number, radius: number })),
});
const sighting = fc.record({
  at: number,
  device: fc.record({
    browser: name,
    browserVersion: name,
    os: name,
    osVersion: name,
    type: fc.constantFrom('desktop', 'phone', 'bot', 'other'),
  }),
  deviceMark: fc.option(fc.constantFrom('one', 'two')),
  ip: fc.option(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string({ maxLength: 20 }))),
  location: fc.option(location),
});
const anyFacts: fc.Arbitrary<RiskFacts> = fc.record({
  occasion: fc.constantFrom('sign-in', 'renewal', 'use'),
  userId: fc.constant('ann'),
  now: sighting,
  before: fc.option(sighting),
  signIns: fc.array(sighting, { maxLength: 5 }),
  others: fc.array(sighting, { maxLength: 5 }),
  failures: number,
  tokenReusedAt: fc.option(number),
  replay: fc.option(fc.record({ late: fc.boolean(), otherNetwork: fc.boolean() })),
  isAnonymous: fc.boolean(),
});

test('whatever the facts are, the answer is whole numbers within bounds and short sentences, the same each time', () => {
  fc.assert(
    fc.property(anyFacts, (given) => {
      const risk = assessRisk(given, defaultRiskScale);
      expect(assessRisk(given, defaultRiskScale)).toEqual(risk);
      expect(Number.isInteger(risk.score) && risk.score >= 0 && risk.score <= 100).toBe(true);
      for (const { code, weight, because } of risk.signals) {
        expect(Number.isInteger(weight) && weight >= 1).toBe(true);
        expect(weight).toBeLessThanOrEqual(defaultRiskScale.weights[code as keyof typeof defaultRiskScale.weights]);
        expect(because.length).toBeLessThanOrEqual(160);
        expect(because).not.toMatch(/NaN|Infinity|undefined|null/);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('a device that the user is known by is never high for where it is, whatever the other devices do', () => {
  const phone = { device: devices.iphone, deviceMark: 'the-phone' };
  const place = fc.constantFrom(...Object.values(places));
  const ip = fc.ipV4();
  const ago = fc.integer({ min: 0, max: 60 * day });
  const elsewhere = fc
    .tuple(ago, place, ip, fc.boolean())
    .map(([past, location, address, marked]) =>
      seen(past, { ...phone, location, ip: address, ...(!marked && { deviceMark: null }) }),
    );
  const own = fc.tuple(ago, place, ip).map(([past, location, address]) => seen(past, { location, ip: address }));
  const many = fc.array(elsewhere, { maxLength: 5 });
  fc.assert(
    fc.property(own, fc.boolean(), many, many, place, ip, (last, isUse, signIns, others, location, address) => {
      const before = isUse ? last : null;
      const given = facts({ before, signIns: [...signIns, last], others, now: { location, ip: address } });
      expect(assessRisk(given, defaultRiskScale).level).not.toBe('high');
    }),
    { numRuns: 1_000 },
  );
});

test('a new phone whose gateway is in another city of the country is no step-up while the laptop is in use', () => {
  const others = [seen(minute)];
  const now = { device: devices.iphone, deviceMark: 'a-phone', location: places.munich, ip: '198.51.100.9' };
  const { score, level } = assessRisk(facts({ signIns: others, others, now }), defaultRiskScale);
  expect([score, level]).toEqual([39, 'low']);
});

test('a stolen token is high though another device of the user is in use', () => {
  const others = [seen(minute, { deviceMark: 'the-phone', device: devices.iphone })];
  const now = { deviceMark: null, location: places.tokyo, ip: '198.51.100.9' };
  expect(assessRisk(facts({ before: seen(day), others, now }), defaultRiskScale).level).toBe('high');
  const thief = { ...now, deviceMark: 'a-thief' };
  expect(assessRisk(facts({ others, now: thief }), defaultRiskScale).level).toBe('high');
});

test('no sentence tells an address', () => {
  fc.assert(
    fc.property(anyFacts, fc.ipV4(), (given, ip) => {
      const told = assessRisk({ ...given, now: { ...given.now, ip } }, defaultRiskScale).signals;
      expect(told.map(({ because }) => because).join('\n')).not.toContain(ip);
    }),
  );
});

test('more signals never make for a lower score', () => {
  fc.assert(
    fc.property(
      anyFacts,
      fc.subarray([...riskSignalCodes]),
      fc.integer({ min: 1, max: 100 }),
      (given, off, weight) => {
        const weights = { ...defaultRiskScale.weights, ...Object.fromEntries(off.map((code) => [code, 0])) };
        const fewer = assessRisk(given, { ...defaultRiskScale, weights });
        const all = assessRisk(given, defaultRiskScale);
        expect(all.score).toBeGreaterThanOrEqual(fewer.score);
        expect(assessRisk(given, defaultRiskScale, [{ ...own, weight }]).score).toBeGreaterThanOrEqual(all.score);
      },
    ),
  );
});

test('twice the history costs twice as many looks at it, no more', () => {
  const looksAt = (length: number): number => {
    let looks = 0;
    const counted = (sighting: Sighting): Sighting =>
      new Proxy(sighting, { get: (target, key) => (looks++, Reflect.get(target, key) as unknown) });
    const many = (sighting: Partial<Sighting>): Sighting[] =>
      Array.from({ length }, (_, index) => counted(seen(index * hour, sighting)));
    const [signIns, others] = [many({ ip: '198.51.100.1' }), many({ location: places.munich })];
    assessRisk(facts({ signIns, others, now: { location: places.tokyo, deviceMark: 'x' } }), defaultRiskScale);
    return looks;
  };
  expect(looksAt(400)).toBeLessThan(2.1 * looksAt(200));
});
