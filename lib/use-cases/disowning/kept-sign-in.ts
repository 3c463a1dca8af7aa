import type { SessionId } from '../../domain/session-id';
import { isoTime } from '../../domain/iso-time';
import type { SessionRecord } from '../../domain/session-record';
import type { OneTime } from '../../store/one-times';
import type { DisownedSignIn } from './outcomes';

/** What a token keeps of the sign-in it is about: the session may be gone by the time that it is used. */
export interface KeptSignIn extends Pick<DisownedSignIn, 'device' | 'location'> {
  readonly userId: string;
  readonly sessionId: SessionId;
  readonly createdAt: number;
}

/** Nothing that the session itself did not keep, and no coordinates: a city is enough to recognise a place by. */
export function keepSignIn({ id, createdAt, profile }: SessionRecord): KeptSignIn {
  const { userId, device, deviceName, location } = profile;
  const { browser, browserVersion, os, osVersion, type, model } = device;
  return {
    userId,
    sessionId: id,
    createdAt,
    device: { browser, browserVersion, os, osVersion, type, model, name: deviceName },
    location: location && { city: location.city, region: location.region, country: location.country },
  };
}

export function readKept({ payload }: OneTime): KeptSignIn {
  return JSON.parse(payload) as KeptSignIn;
}

/** The same as the person sees it. */
export function presentKept({ device, location, createdAt }: KeptSignIn): DisownedSignIn {
  return { device, location, createdAt: isoTime(createdAt) };
}
