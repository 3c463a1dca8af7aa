import { newNetwork } from '../../../../lib/policies/risk/signals/new-network';
import { day, facts, seen } from '../../../fixtures/risk-facts';

function strengthOf(ip: string | null, ...known: (string | null)[]): number | undefined {
  return newNetwork(facts({ now: { ip }, signIns: known.map((address) => seen(day, { ip: address })) }))?.strength;
}

test('another address of a known network is nothing', () => {
  expect(strengthOf('203.0.113.200', '198.51.100.1', '203.0.113.7')).toBeUndefined();
  expect(strengthOf('2001:db8:1:2::9', '2001:db8:1:2:aaaa::1')).toBeUndefined();
});

test('one network is known in each of its spellings', () => {
  expect(strengthOf('::ffff:203.0.113.200', '203.0.113.7')).toBeUndefined();
  expect(strengthOf('::ffff:198.51.100.1', '203.0.113.7')).toBe(1);
  expect(strengthOf('2001:0DB8:0:0::9', '2001:db8::5')).toBeUndefined();
  expect(strengthOf('2001:db8:0:0:1::1.2.3.4', '2001:db8::5')).toBeUndefined();
});

test('a network beside a known one counts half: providers hand out their addresses in turns', () => {
  expect(strengthOf('203.0.99.1', '203.0.113.7')).toBe(0.5);
  expect(strengthOf('2001:db8:9:9::1', '2001:db8:1:2::1')).toBe(0.5);
});

test('a foreign network counts in full, and its address is not told', () => {
  expect(strengthOf('198.51.100.1', '203.0.113.7')).toBe(1);
  expect(strengthOf('2a00:db8::1', '2001:db8::1')).toBe(1);
  expect(newNetwork(facts({ now: { ip: '198.51.100.1' } }))?.because).not.toMatch(/\d/);
});

test('IPv6 is not compared with IPv4: a device with both takes either', () => {
  expect(strengthOf('2001:db8::1', '203.0.113.7')).toBeUndefined();
  expect(strengthOf('203.0.113.7', '2001:db8::1')).toBeUndefined();
});

test('an address that is not known, or none, is nothing', () => {
  expect(strengthOf(null, '203.0.113.7')).toBeUndefined();
  expect(strengthOf('203.0.113.7', null)).toBeUndefined();
  expect(strengthOf('no address', '203.0.113.7')).toBeUndefined();
  expect(strengthOf('203.0.113.7')).toBeUndefined();
});
