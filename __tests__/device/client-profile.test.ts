import fc from 'fast-check';
import { profileClient } from '../../lib/device/client-profile';
import { unknownDevice, userAgentParser } from '../../lib/device/user-agent-parser';
import type { Client } from '../../lib/domain/client';
import { type PrivacyOptions, readPrivacy } from '../../lib/options/privacy';
import { hostileUserAgents, userAgents } from '../fixtures/user-agents';

const everything = readPrivacy({});
const profile = (client: Client, privacy: PrivacyOptions = {}): ReturnType<typeof profileClient> =>
  profileClient(client, userAgentParser, readPrivacy(privacy));

test('a profile is what the client told, parsed', () => {
  const client = { ip: '2001:db8::1', userAgent: userAgents.firefoxOnLinux, deviceId: 'd-1' };
  expect(profile(client)).toMatchObject({ ...client, device: { browser: 'Firefox', os: 'Linux' } });
});

test('what the client did not tell is null', () => {
  expect(profile({})).toEqual({ device: unknownDevice, deviceId: null, ip: null, userAgent: null, location: null });
  expect(profile({ ip: '', userAgent: '', deviceId: '' })).toEqual(profile({}));
  expect(profile({ userAgent: '\u0000\r\n', deviceId: '\u0000' })).toEqual(profile({}));
});

test('A77 of the address and the user agent no more is kept than the options allow, and the device in any case', () => {
  const client = { ip: '192.0.2.77', userAgent: userAgents.firefoxOnLinux };
  const device = { browser: 'Firefox', os: 'Linux' };
  expect(profile(client, { ip: 'truncated' })).toMatchObject({ ...client, ip: '192.0.2.0', device });
  expect(profile(client, { ip: 'none', userAgent: 'none' })).toMatchObject({ ip: null, userAgent: null, device });
});

test.each(['localhost', '192.0.2.1:80', '192.0.2', '1.2.3.4, 5.6.7.8', '<b>', '::g'])('%s is no address', (ip) => {
  expect(profile({ ip }).ip).toBeNull();
});

test('A58 a long user agent is cut to 512 bytes and a device id to 64', () => {
  const { userAgent, deviceId } = profile({ userAgent: 'é'.repeat(9_000), deviceId: 'x'.repeat(9_000) });
  expect(userAgent).toBe('é'.repeat(256));
  expect(deviceId).toBe('x'.repeat(64));
});

/** The least of several runs: time of the processor, so that a busy machine does not count. */
function processorMilliseconds(userAgent: string): number {
  const runs = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    for (let count = 0; count < 10; count++) profile({ userAgent });
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 10_000;
  });
  return Math.min(...runs);
}

describe.each(Object.entries(hostileUserAgents))('A58 16 kB of %s', (_, hostile) => {
  test('reach no parser beyond their first 512 bytes', () => {
    const parse = jest.fn(() => unknownDevice);
    profileClient({ userAgent: hostile, hints: {} }, { parse }, everything);
    const seen = parse.mock.calls as unknown as [Client][];
    expect(Buffer.byteLength(seen[0]![0].userAgent ?? '')).toBeLessThanOrEqual(512);
  });

  test('cost no more than a kilobyte of them, and less than 5 ms of the processor', () => {
    const [whole, start] = [hostile, hostile.slice(0, 1_024)].map(processorMilliseconds) as [number, number];
    expect(whole).toBeLessThan(3 * start + 0.2);
    expect(whole).toBeLessThan(5);
  });
});

test('what a parser answers is bounded and cleaned too', () => {
  const parser = { parse: () => ({ ...unknownDevice, browser: `\u001b${'b'.repeat(100)}`, model: 'm\n' }) };
  expect(profileClient({}, parser, everything).device).toMatchObject({
    browser: 'b'.repeat(63),
    model: 'm',
    os: null,
  });
});

test('a parser gets few and short hints, whatever was sent', () => {
  const parse = jest.fn(() => unknownDevice);
  const hints = Object.fromEntries(
    Array.from({ length: 500 }, (_, index) => [`h${index}`, '\n'.padEnd(9_000, 'x')]),
  );
  profileClient({ hints }, { parse }, everything);
  const [{ hints: seen }] = (parse.mock.calls as unknown as [[Client]])[0];
  expect(Object.entries(seen!).length).toBeLessThanOrEqual(16);
  expect(JSON.stringify(seen).length).toBeLessThan(16 * 330);
  expect(Object.values(seen!).join('')).not.toContain('\n');
});

test('any client at all is profiled within bounds', () => {
  const text = fc.string({ unit: 'binary', maxLength: 2_000 });
  const clients = fc.record({ ip: text, userAgent: text, deviceId: text }, { requiredKeys: [] });
  fc.assert(
    fc.property(clients, (client) => {
      const { userAgent, deviceId, device } = profile(client);
      expect(Buffer.byteLength(userAgent ?? '')).toBeLessThanOrEqual(512);
      expect(Buffer.byteLength(deviceId ?? '')).toBeLessThanOrEqual(64);
      expect(Buffer.byteLength(JSON.stringify(device))).toBeLessThan(1_000);
    }),
  );
});

test('a place is what the app told, cleaned', () => {
  expect(profile({ location: { city: 'Lisbon\n', country: 'pt' } }).location).toMatchObject({
    city: 'Lisbon',
    country: 'PT',
  });
  expect(profile({ location: { country: 'nowhere' } }).location).toBeNull();
});
