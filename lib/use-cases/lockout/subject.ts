import { addressBlock } from '../../device/address-block';
import { canonicalAddress } from '../../device/canonical-address';
import type { Client } from '../../domain/client';
import { type UserKey, userKey, userTag } from '../../domain/session-id';
import type { CounterId } from '../../domain/slotted-id';
import { canonicalAccount } from './canonical-account';

// Longer than a user id may be: nobody can be named so that his history is that of an account (A59).
const historyLabel = 'sessionkeeper.account:'.padEnd(513, ':');

/** Whom an attempt is counted against. */
export interface Subject {
  /** null: the attempt names none. */
  readonly account: AccountCounters | null;
  /** null: the client's address is not known. */
  readonly address: CounterId | null;
  readonly ip: string | null;
}

/** The counters of one account, all in one place. */
export interface AccountCounters {
  readonly name: string;
  /** Of its history, in whose slot its counters lie. No user's. */
  readonly user: UserKey;
  /** Failures of devices that have not signed in to it before. */
  readonly strangers: CounterId;
  /** Failures of all that have. */
  readonly knownDevices: CounterId;
  /** Attempts whose client left before the answer. */
  readonly abandoned: CounterId;
  /** The account from this address. */
  readonly pair: CounterId | null;
  /** The account from this device. */
  readonly device: CounterId | null;
}

/** @throws SessionError `request_invalid` for an account that is no text */
export function subjectOf(account: unknown, client: Client = {}): Subject {
  const ip = canonicalAddress(client.ip);
  const block = addressBlock(ip);
  const name = canonicalAccount(account);
  return {
    account: name === undefined ? null : accountCounters(name, block, client.deviceId),
    address: block === undefined ? null : addressCounter(block),
    ip: ip ?? null,
  };
}

/** The counter of a device that an account may know; null for none. */
export function deviceCounter({ user }: Pick<AccountCounters, 'user'>, deviceId: unknown): CounterId | null {
  return typeof deviceId === 'string' && deviceId !== '' ? accountCounter(user, 'device', deviceId) : null;
}

function accountCounters(name: string, block: string | undefined, deviceId: unknown): AccountCounters {
  const user = userKey(historyLabel + name);
  return {
    name,
    user,
    strangers: accountCounter(user, 'strangers'),
    knownDevices: accountCounter(user, 'known-devices'),
    abandoned: accountCounter(user, 'abandoned'),
    pair: block === undefined ? null : accountCounter(user, 'pair', block),
    device: deviceCounter({ user }, deviceId),
  };
}

/** The key has a fixed length: no account can be spelled so that it reaches into another's counters (A59). */
function accountCounter(user: UserKey, kind: string, of = ''): CounterId {
  return `${userTag(user)}${hashed(`${kind}:${user}:${of}`)}` as CounterId;
}

function addressCounter(block: string): CounterId {
  const name = hashed(`address:${block}`);
  return `${userTag(name)}${name}` as CounterId;
}

function hashed(text: string): UserKey {
  return userKey(`sessionkeeper.lockout:${text}`);
}
