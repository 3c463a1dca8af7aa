import type { IncomingMessage } from 'node:http';
import { isOwnOrigin, isSecure } from '../../lib/http/own-origin';

function request(headers: Record<string, string>, more: object = {}): IncomingMessage {
  return { headers, socket: {}, ...more } as unknown as IncomingMessage;
}

const tls = { socket: { encrypted: true } };

test('A43: the scheme is the socket’s where Express does not say', () => {
  expect(isOwnOrigin(request({ host: 'a.example' }, tls), 'https://a.example')).toBe(true);
  expect(isOwnOrigin(request({ host: 'a.example' }, tls), 'http://a.example')).toBe(false);
  expect(isOwnOrigin(request({ host: 'a.example' }), 'http://a.example')).toBe(true);
  expect(isSecure(request({}, { socket: { encrypted: false } }))).toBe(false);
});

test('Express has the last word on the scheme', () => {
  expect(isSecure(request({}, { ...tls, protocol: 'http' }))).toBe(false);
  expect(isSecure(request({}, { protocol: 'https' }))).toBe(true);
});

test('HTTP/2 names its host in :authority', () => {
  expect(isOwnOrigin(request({ ':authority': 'a.example:8443' }, tls), 'https://a.example:8443')).toBe(true);
});

test('a request without a host has no origin of its own', () => {
  expect(isOwnOrigin(request({}), 'http://undefined')).toBe(false);
});
