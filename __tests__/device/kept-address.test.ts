import { isIP } from 'node:net';
import fc from 'fast-check';
import { canonicalAddress } from '../../lib/device/canonical-address';
import { keptAddress } from '../../lib/device/kept-address';

test.each([
  ['192.0.2.77', '192.0.2.0'],
  ['255.255.255.255', '255.255.255.0'],
  ['::ffff:192.0.2.77', '192.0.2.0'],
  ['::FFFF:192.0.2.77', '192.0.2.0'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::'],
  ['2001:0DB8:0001:0002::', '2001:db8:1::'],
  ['2001:db8::1', '2001:db8::'],
  ['fe80::1%eth0', 'fe80::'],
  ['::1', '::'],
  ['64:ff9b::192.0.2.77', '64:ff9b::'],
  ['2002:c000:24d::1', '2002:c000:200::'],
])('A77 of %s, truncated, %s is kept', (address, kept) => {
  expect(keptAddress(address, 'truncated')).toBe(kept);
});

test('A77 of no address is anything kept where none is to be', () => {
  fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => keptAddress(address, 'none') === null));
});

test('addresses are kept as they came unless told otherwise, and nothing else is', () => {
  fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => keptAddress(address, 'full') === address));
  for (const text of ['', 'unknown', '192.0.2', '1.2.3.4, 5.6.7.8', null, undefined]) {
    expect(keptAddress(text, 'full')).toBeNull();
    expect(keptAddress(text, 'truncated')).toBeNull();
  }
});

test('A77 what is kept is a canonical address, and of it as much is kept again', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      const kept = keptAddress(address, 'truncated')!;
      expect(isIP(kept)).toBeGreaterThan(0);
      expect(canonicalAddress(kept)).toBe(kept);
      expect(keptAddress(kept, 'truncated')).toBe(kept);
    }),
  );
});
