import type { Actor } from '../../domain/actor';
import type { Device, DeviceType } from '../../domain/client';
import type { Ending } from '../../domain/session-record';
import { readText, type StoredText } from './stored-text';

// By position and with 0 for none. Stored: append only.
type StoredDevice = [
  type: DeviceType,
  browser: StoredText,
  browserVersion: StoredText,
  os: StoredText,
  osVersion: StoredText,
  model: StoredText,
];
type StoredEnding = [
  at: number,
  reason: string,
  actorType: Actor['type'],
  actorId?: StoredText,
  replacedBy?: StoredDevice,
];

export function encodeEnding({ at, reason, actor, replacedBy }: Ending): string {
  const stored: StoredEnding = [at, reason, actor.type];
  if (actor.id !== undefined || replacedBy) stored.push(actor.id ?? 0);
  if (replacedBy) stored.push(storeDevice(replacedBy));
  return JSON.stringify(stored);
}

/** @throws where the JSON is no ending. */
export function decodeEnding(json: string): Ending {
  const [at, reason, type, id = 0, device] = JSON.parse(json) as StoredEnding;
  if (typeof at !== 'number' || typeof reason !== 'string') throw new TypeError('no ending');
  const replacedBy = device === undefined ? null : readDevice(device);
  return { at, reason, actor: id === 0 ? { type } : { type, id }, replacedBy };
}

function storeDevice({ type, browser, browserVersion, os, osVersion, model }: Device): StoredDevice {
  return [type, browser ?? 0, browserVersion ?? 0, os ?? 0, osVersion ?? 0, model ?? 0];
}

function readDevice([type, browser, browserVersion, os, osVersion, model]: StoredDevice): Device {
  return {
    browser: readText(browser),
    browserVersion: readText(browserVersion),
    os: readText(os),
    osVersion: readText(osVersion),
    type,
    model: readText(model),
  };
}
