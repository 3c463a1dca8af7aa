import net from 'node:net';
import { clientMark } from '../../lib/device/client-mark';
import { mintSessionId } from '../../lib/domain/session-id';

const id = mintSessionId('alice');
const client = { ip: '192.0.2.1', userAgent: 'Firefox' };

test('is the same for the same address and user agent, and short', () => {
  expect(clientMark(id, client)).toBe(clientMark(id, { ...client }));
  expect(clientMark(id, client)).toMatch(/^[\w-]{11}$/);
});

test('differs with the address, the user agent, and either left out', () => {
  const callers = [
    client,
    { ...client, ip: '192.0.2.2' },
    { ...client, userAgent: 'Firefox 2' },
    { ip: client.ip },
    { userAgent: client.userAgent },
    { ip: 'Firefox', userAgent: '192.0.2.1' },
  ];
  expect(new Set(callers.map((caller) => clientMark(id, caller))).size).toBe(callers.length);
});

test('A77 says nothing beyond its session: of another one the same caller has another mark', () => {
  expect(clientMark(mintSessionId('alice'), client)).not.toBe(clientMark(id, client));
});

test('A50 takes the addresses that one device changes among for one, in every spelling', () => {
  const marks = ['2001:db8:1:2::3', '2001:DB8:1:2:0:0:0:3', '2001:db8:1:2:ffff::9'].map((ip) =>
    clientMark(id, { ...client, ip }),
  );
  expect(new Set(marks).size).toBe(1);
  expect(clientMark(id, { ...client, ip: '2001:db8:1:3::3' })).not.toBe(marks[0]);
  expect(clientMark(id, { ...client, ip: '::ffff:192.0.2.1' })).toBe(clientMark(id, client));
});

test('is one of its own where nothing is known of the caller', () => {
  expect(clientMark(id, {})).toMatch(/^[\w-]{11}$/);
  expect([clientMark(id, { userAgent: client.userAgent }), clientMark(id, client)]).not.toContain(
    clientMark(id, {}),
  );
});

test('A77 tells no more of an address than is kept of it', () => {
  const neighbour = { ...client, ip: '192.0.2.200' };
  const stranger = { ...client, ip: '203.0.113.9' };
  expect(clientMark(id, neighbour, 'truncated')).toBe(clientMark(id, client, 'truncated'));
  expect(clientMark(id, stranger, 'truncated')).not.toBe(clientMark(id, client, 'truncated'));
  expect(clientMark(id, stranger, 'none')).toBe(clientMark(id, client, 'none'));
});

test('brings a known address into its one spelling no second time, and remembers a thousand at least', () => {
  const parsing = jest.spyOn(net, 'isIP');
  const addresses = Array.from({ length: 1_000 }, (_, index) => `2001:db8:77:${index.toString(16)}::1`);
  const marks = () => addresses.map((ip) => clientMark(id, { ...client, ip }));
  const first = marks();
  expect(parsing).toHaveBeenCalled();
  parsing.mockClear();
  expect(marks()).toEqual(first);
  expect(parsing).not.toHaveBeenCalled();
  parsing.mockRestore();
});
