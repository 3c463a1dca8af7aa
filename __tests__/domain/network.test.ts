import fc from 'fast-check';
import { isSameNetwork } from '../../lib/domain/network';

test.each([
  ['192.0.2.1', '192.0.2.254'],
  ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff'],
  ['2001:db8:1:2::1', '2001:0DB8:0001:0002:0:0:0:9'],
  ['::ffff:192.0.2.1', '192.0.2.9'],
  ['::ffff:192.0.2.1', '::FFFF:192.0.2.9'],
  ['fe80::1%eth0', 'fe80::2%eth0'],
  ['2001:db8:1:2:3:4:192.0.2.1', '2001:db8:1:2::1'],
])('A50 %s and %s are of one network', (a, b) => {
  expect(isSameNetwork(a, b)).toBe(true);
  expect(isSameNetwork(b, a)).toBe(true);
});

test.each([
  ['192.0.2.0', '192.0.2.254'],
  ['2001:db8:1::', '2001:db8:1:2::1'],
  ['2001:db8:1::', '2001:db8:1::'],
])('A77 what was kept of an address, %s, is of the network of %s', (a, b) => {
  expect(isSameNetwork(a, b)).toBe(true);
  expect(isSameNetwork(b, a)).toBe(true);
});

test.each([
  ['192.0.2.0', '192.0.3.254'],
  ['2001:db8:1::', '2001:db8:2:2::1'],
  ['2001:db8:1::', '2001:db8:2::'],
])('A77 what was kept of an address, %s, is not of the network of %s', (a, b) => {
  expect(isSameNetwork(a, b)).toBe(false);
  expect(isSameNetwork(b, a)).toBe(false);
});

test.each([
  ['192.0.2.1', '192.0.3.1'],
  ['2001:db8:1:2::1', '2001:db8:1:3::1'],
  ['192.0.2.1', '2001:db8::1'],
  ['::ffff:192.0.2.1', '::ffff:198.51.100.1'],
  ['192.0.2.1', 'unknown'],
])('A50 %s and %s are of two networks', (a, b) => {
  expect(isSameNetwork(a, b)).toBe(false);
  expect(isSameNetwork(b, a)).toBe(false);
});

test('an unknown address is of any network', () => {
  expect(isSameNetwork(null, '192.0.2.1')).toBe(true);
  expect(isSameNetwork('192.0.2.1', null)).toBe(true);
  expect(isSameNetwork(null, null)).toBe(true);
});

test('every address is of its own network', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (address) => {
      expect(isSameNetwork(address, address)).toBe(true);
    }),
  );
});

test('IPv4 networks are the first three numbers', () => {
  const byte = fc.nat({ max: 255 });
  fc.assert(
    fc.property(byte, byte, byte, byte, byte, (a, b, c, d, e) => {
      expect(isSameNetwork(`${a}.${b}.${c}.${d}`, `${a}.${b}.${c}.${e}`)).toBe(true);
      expect(isSameNetwork(`${a}.${b}.${c}.${d}`, `${a}.${b}.${(c + 1) % 256}.${d}`)).toBe(false);
    }),
  );
});
