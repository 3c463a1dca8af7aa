import { isIPv4 } from 'node:net';
import { inspect } from 'node:util';
import { canonicalAddress } from '../../../lib/device/canonical-address';
import { ipv6Groups } from '../../../lib/domain/ipv6-groups';
import type { AddressPrivacy } from '../../../lib/options/privacy';
import { SessionManager } from '../../../lib/session-manager';
import { listenTo } from '../../fixtures/session-bench';
import { type BareStore, bareStores } from '../../fixtures/stored-bytes';
import { addresses, everythingOn, liveFully } from './full-life';

/** Every way in which this library, or whoever handed it in, could have written an address down. */
function spellingsOf(address: string): Buffer[] {
  const canonical = canonicalAddress(address)!;
  const packed = packedAddress(canonical);
  const texts = [address, address.toLowerCase(), canonical, ipv6Groups(canonical).join(':')];
  const encoded = [packed.toString('hex'), packed.toString('base64url')];
  return [packed, ...[...texts.slice(0, isIPv4(canonical) ? 3 : 4), ...encoded].map((text) => Buffer.from(text))];
}

function packedAddress(canonical: string): Buffer {
  if (isIPv4(canonical)) return Buffer.from(canonical.split('.').map(Number));
  return Buffer.from(
    ipv6Groups(canonical)
      .map((group) => group.padStart(4, '0'))
      .join(''),
    'hex',
  );
}

/** What is kept of them where they are truncated. */
const networks = ['81.2.69.0', '89.160.20.0', '2a02:6b8:4d2::', '216.160.83.0'];

/** What the store holds in the end, what was told on the way, and what people are shown. */
async function livedWith({ open }: BareStore, ip: AddressPrivacy) {
  const { store, dump } = open();
  const resolved: string[] = [];
  const resolver = { resolve: (address: string) => void resolved.push(address) as never };
  const sessions = new SessionManager({ ...everythingOn, store, geo: { resolver }, privacy: { ip } });
  const heard = listenTo(sessions);
  const userId = 'alice';
  await liveFully(sessions, userId, 'alice@example.com');
  const shown = [
    await sessions.list(userId, { include: 'ended', limit: 100 }),
    await sessions.history(userId, { limit: 100 }),
    await sessions.access.history(),
    await sessions.privacy.export(userId, { accounts: ['alice@example.com'] }),
  ];
  const stored = await dump();
  await sessions.close();
  const told = Buffer.from(inspect([heard, shown], { depth: 20, maxArrayLength: null, maxStringLength: null }));
  return { stored, told, resolved };
}

const holds = (dump: Buffer, text: string | Buffer): boolean => dump.includes(text);

describe.each(bareStores)('on $name', (kind) => {
  test('addresses are found where all of them is kept', async () => {
    const { stored, told } = await livedWith(kind, 'full');
    for (const address of addresses) {
      expect(spellingsOf(address).some((spelling) => holds(stored, spelling))).toBe(true);
      expect(spellingsOf(address).some((spelling) => holds(told, spelling))).toBe(true);
    }
  });

  test('A77 where networks are kept, no address is stored, told or shown in any spelling', async () => {
    const { stored, told, resolved } = await livedWith(kind, 'truncated');
    for (const address of addresses) {
      for (const spelling of spellingsOf(address)) {
        expect([spelling.toString(), holds(stored, spelling)]).toEqual([spelling.toString(), false]);
        expect([spelling.toString(), holds(told, spelling)]).toEqual([spelling.toString(), false]);
      }
    }
    for (const network of networks) expect([network, holds(stored, network)]).toEqual([network, true]);
    // Places are found by the whole address.
    expect(resolved).toEqual(expect.arrayContaining(['81.2.69.177', '2a02:6b8:4d2:7777:1:2:3:4']));
  });

  test('A77 where nothing is kept, no network is either', async () => {
    const { stored, told } = await livedWith(kind, 'none');
    for (const trace of [...addresses, ...networks].flatMap(spellingsOf)) {
      expect([trace.toString(), holds(stored, trace)]).toEqual([trace.toString(), false]);
      expect([trace.toString(), holds(told, trace)]).toEqual([trace.toString(), false]);
    }
    for (const start of ['81.2.69', '89.160.20', '2a02:6b8', '216.160.83']) {
      expect([start, holds(stored, start), holds(told, start)]).toEqual([start, false, false]);
    }
  });

  test('A77 user agents are kept as a whole or not at all, and devices in any case', async () => {
    for (const [userAgent, isKept] of [
      ['full', true],
      ['none', false],
    ] as const) {
      const { store, dump } = kind.open();
      const sessions = new SessionManager({ ...everythingOn, store, privacy: { userAgent } });
      await liveFully(sessions, 'alice', 'alice@example.com');
      expect(holds(await dump(), 'tell-tale')).toBe(isKept);
      const { data } = await sessions.list('alice');
      expect(data[0]?.device).toMatchObject({ browser: 'Firefox', os: 'Linux' });
      await sessions.close();
    }
  });
});
