import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Client } from '../domain/client';
import type { CookieSettings } from '../options/cookies';
import { clientFacts } from './client-facts';
import type { SessionManager } from '../session-manager';
import { readCookie } from './cookie-tokens';
import { setCookies } from './response-cookies';
import { deviceCookie } from './session-cookies';

const idBytes = 16;
const pattern = /^[\w-]{22}$/;

/**
 * The id by which this browser is recognised; null where it has none, or where it is off. It is no credential: whoever forges
 * one is merely taken for another browser.
 */
export function readDeviceId(req: IncomingMessage, { deviceName }: CookieSettings): string | null {
  const value = deviceName === null ? undefined : readCookie(req.headers.cookie, deviceName);
  return value !== undefined && pattern.test(value) ? value : null;
}

export function mintDeviceId(): string {
  return randomBytes(idBytes).toString('base64url');
}

/** The id of this browser, which it is given at its first sign-in. */
export function ownDeviceId(req: IncomingMessage, cookies: CookieSettings): string | undefined {
  return cookies.deviceName === null ? undefined : (readDeviceId(req, cookies) ?? mintDeviceId());
}

/** The facts of a caller whose tokens travel in cookies. */
export function browserFacts(req: IncomingMessage, cookies: CookieSettings): Client {
  const deviceId = readDeviceId(req, cookies);
  return deviceId === null ? clientFacts(req) : { ...clientFacts(req), deviceId };
}

/** Gives a browser its id, for as long as browsers keep a cookie; at each sign-in anew. */
export function setDeviceCookie(
  { settings: { cookies } }: SessionManager<object>,
  res: ServerResponse,
  deviceId: string | null | undefined,
): void {
  if (cookies.deviceName === null || deviceId == null) return;
  setCookies(res, [deviceCookie(cookies, cookies.deviceName, deviceId)]);
}
