import fc from 'fast-check';
import { addressBlock } from '../../lib/device/address-block';

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['192.0.2.1:4711', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:C000:0201', '192.0.2.1'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002:0000:0000:0000:0001', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2:ffff::]:443', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8::', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::192.0.2.1', '0:0:0:0::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('A50 %s is counted as %s', (address, block) => {
  expect(addressBlock(address)).toBe(block);
});

test.each([
  undefined,
  '',
  'unknown',
  '192.0.2.256',
  '1.2.3',
  ':',
  ':::',
  '2001:db8:1:2:3:4:5:6:7',
  'x'.repeat(10_000),
])('what is no address (%j) is none', (text) => {
  expect(addressBlock(text)).toBeUndefined();
});

test('A50 addresses are of one block exactly if they share their first 64 bits', () => {
  const half = fc.tuple(...Array.from({ length: 4 }, () => fc.nat(0xffff)));
  fc.assert(
    fc.property(half, half, half, (network, one, other) => {
      const spell = (groups: readonly number[], base: (group: number) => string): string =>
        groups.map(base).join(':');
      const short = spell([...network, ...one], (group) => group.toString(16));
      const long = spell([...network, ...other], (group) => group.toString(16).padStart(4, '0').toUpperCase());
      fc.pre(network.some((group) => group > 0));
      expect(addressBlock(long)).toBe(addressBlock(short));
      const elsewhere = spell([...network.slice(0, 3), network[3]! ^ 1, ...one], (group) => group.toString(16));
      expect(addressBlock(elsewhere)).not.toBe(addressBlock(short));
    }),
  );
});
